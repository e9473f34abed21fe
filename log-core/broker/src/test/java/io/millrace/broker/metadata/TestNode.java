package io.millrace.broker.metadata;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.millrace.cluster.ClusterDelta;
import io.millrace.cluster.ClusterImage;
import io.millrace.cluster.ConfigSchema;
import io.millrace.cluster.Configurations;
import io.millrace.cluster.Controller;
import io.millrace.cluster.ControllerCommand;
import io.millrace.cluster.Features;
import io.millrace.config.Settings;
import io.millrace.host.Answer;
import io.millrace.host.Disk;
import io.millrace.protocol.BrokerRegistrationRequest;
import io.millrace.protocol.BrokerRegistrationResponse;
import io.millrace.protocol.CreateTopicsRequest;
import io.millrace.protocol.CreateTopicsRequest.CreatableTopic;
import io.millrace.protocol.CreateTopicsResponse;
import io.millrace.protocol.Response;
import io.millrace.protocol.Uuid;
import io.millrace.storage.LogConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;

/// A node's metadata, driven by the test's thread.
public final class TestNode {
    public static final int ID = 1;

    public final StepLoop loop;
    public final MetadataLog log;
    public final ClusterDriver driver;
    public final Configurations configurations;
    private int port = 9092;
    final List<ClusterDelta> deltas = new ArrayList<>();

    private TestNode(
            StepLoop loop, MetadataLog log, SnapshotSettings snapshots, Map<String, String> file) {
        this.loop = loop;
        this.log = log;
        ConfigSchema schema =
                new ConfigSchema(Settings.definitions(LogConfig.class), List.of(), List.of());
        configurations = new Configurations(schema, new TreeMap<>(file), ID);
        Controller.Limits limits = new Controller.Limits(1, (short) 1, true);
        this.driver = new ClusterDriver(
                loop, log, () -> new Controller(limits, configurations), snapshots);
    }

    static TestNode open(Disk disk, Path directory, Uuid directoryId, long seed)
            throws IOException {
        SnapshotSettings snapshots = Settings.read(SnapshotSettings.class, Map.of());
        return open(disk, directory, directoryId, seed, snapshots);
    }

    static TestNode open(
            Disk disk, Path directory, Uuid directoryId, long seed, SnapshotSettings snapshots)
            throws IOException {
        return open(new Files(disk, directory, directoryId), seed, snapshots, Map.of());
    }

    /// Where a node's files are.
    public record Files(Disk disk, Path directory, Uuid directoryId) {}

    /// @param file what the node was started with
    public static TestNode open(
            Files files, long seed, SnapshotSettings snapshots, Map<String, String> file)
            throws IOException {
        StepLoop loop = new StepLoop(seed);
        MetadataLog log = MetadataLog.open(
                new MetadataLog.Place(files.disk(), files.directory(), loop, loop),
                new MetadataLog.Voter(ID, files.directoryId(), "localhost", 9093));
        TestNode node = new TestNode(loop, log, snapshots, file);
        var loaded = node.driver.load().toCompletableFuture();
        loop.runAll();
        loaded.join();
        node.driver.listen(node.deltas::add);
        node.deltas.clear();
        return node;
    }

    public void listenOn(int port) {
        this.port = port;
    }

    public ClusterImage image() {
        return driver.image();
    }

    public <R extends Response> R call(ControllerCommand command, Class<R> type) {
        CompletionStage<Answer<Response>> answer = driver.submit(command);
        loop.runAll();
        AtomicReference<Answer<Response>> got = new AtomicReference<>();
        answer.thenAccept(got::set);
        assertNotNull(got.get(), "no answer");
        return type.cast(((Answer.Replied<Response>) got.get()).reply());
    }

    public BrokerRegistrationResponse register(Uuid directoryId, boolean clean) {
        List<BrokerRegistrationRequest.Feature> features = Features.SUPPORTED.stream()
                .map(each -> new BrokerRegistrationRequest.Feature(
                        each.name(), (short) each.min(), (short) each.max()))
                .toList();
        BrokerRegistrationRequest request = BrokerRegistrationRequest.DEFAULT
                .withBrokerId(ID)
                .withRack(null)
                .withIncarnationId(new Uuid(7, loop.random()))
                .withListeners(List.of(new BrokerRegistrationRequest.Listener(
                        "PLAINTEXT", "localhost", port, (short) 0)))
                .withFeatures(features)
                .withLogDirs(List.of(directoryId));
        return call(
                new ControllerCommand.RegisterBroker(request, driver.endOffset(), clean),
                BrokerRegistrationResponse.class);
    }

    public CreateTopicsResponse create(String name, int partitions) {
        CreatableTopic topic =
                new CreatableTopic(name, partitions, (short) -1, List.of(), List.of());
        return call(
                new ControllerCommand.CreateTopics(
                        new CreateTopicsRequest(List.of(topic), 1000, false)),
                CreateTopicsResponse.class);
    }
}
