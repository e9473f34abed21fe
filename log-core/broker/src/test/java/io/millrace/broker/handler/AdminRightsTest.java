package io.millrace.broker.handler;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.broker.metadata.PlainDisk;
import io.millrace.broker.metadata.SnapshotSettings;
import io.millrace.broker.metadata.TestNode;
import io.millrace.broker.request.Operation;
import io.millrace.config.Settings;
import io.millrace.protocol.AlterClientQuotasRequest;
import io.millrace.protocol.AlterClientQuotasResponse;
import io.millrace.protocol.CreatePartitionsRequest;
import io.millrace.protocol.CreatePartitionsRequest.CreatePartitionsTopic;
import io.millrace.protocol.CreatePartitionsResponse;
import io.millrace.protocol.CreateTopicsRequest;
import io.millrace.protocol.CreateTopicsRequest.CreatableTopic;
import io.millrace.protocol.CreateTopicsResponse;
import io.millrace.protocol.DeleteTopicsRequest;
import io.millrace.protocol.DeleteTopicsRequest.DeleteTopicState;
import io.millrace.protocol.DeleteTopicsResponse;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.IncrementalAlterConfigsRequest;
import io.millrace.protocol.IncrementalAlterConfigsRequest.AlterConfigsResource;
import io.millrace.protocol.IncrementalAlterConfigsRequest.AlterableConfig;
import io.millrace.protocol.IncrementalAlterConfigsResponse;
import io.millrace.protocol.Uuid;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is passed on to the controller is what the client may ask for, and no more.
final class AdminRightsTest {
    private OwnPeer peer;
    private boolean mayEverything = true;

    @BeforeEach
    void start(@TempDir Path work) throws IOException {
        Uuid directoryId = new Uuid(3, 4);
        TestNode node = TestNode.open(
                new TestNode.Files(new PlainDisk(), work, directoryId),
                1,
                Settings.read(SnapshotSettings.class, Map.of()),
                new TreeMap<>());
        node.listenOn(9092);
        node.register(directoryId, true);
        peer = new OwnPeer(
                node,
                (_, operation, resource) -> mayEverything
                        || resource.name().equals("mine") && operation != Operation.DESCRIBE);
        create("mine", "theirs");
        mayEverything = false;
    }

    private CreateTopicsResponse create(String... names) {
        List<CreatableTopic> topics = List.of(names).stream()
                .map(name -> CreatableTopic.DEFAULT
                        .withName(name)
                        .withNumPartitions(1)
                        .withReplicationFactor((short) 1))
                .toList();
        return (CreateTopicsResponse) peer.call(new CreateTopicsRequest(topics, 1000, false), 7);
    }

    @Test
    void topicsAreCreatedAsFarAsAllowed() {
        Map<String, ErrorCode> errors = new TreeMap<>();
        create("mine", "other")
                .topics()
                .forEach(topic -> errors.put(topic.name(), topic.errorCode()));
        assertEquals(
                Map.of(
                        "mine", ErrorCode.TOPIC_ALREADY_EXISTS,
                        "other", ErrorCode.TOPIC_AUTHORIZATION_FAILED),
                errors);
    }

    @Test
    void partitionsAreAddedAsFarAsAllowed() {
        CreatePartitionsRequest request = new CreatePartitionsRequest(
                List.of(
                        new CreatePartitionsTopic("mine", 2, null),
                        new CreatePartitionsTopic("theirs", 2, null)),
                1000,
                false);
        Map<String, ErrorCode> errors = new TreeMap<>();
        ((CreatePartitionsResponse) peer.call(request, 3))
                .results()
                .forEach(topic -> errors.put(topic.name(), topic.errorCode()));
        assertEquals(
                Map.of(
                        "mine", ErrorCode.NONE,
                        "theirs", ErrorCode.TOPIC_AUTHORIZATION_FAILED),
                errors);
    }

    @Test
    void topicsAreDeletedAsFarAsAllowed() {
        Uuid theirs = requireNonNull(peer.image().topic("theirs")).id();
        DeleteTopicsRequest request = DeleteTopicsRequest.DEFAULT.withTopics(List.of(
                new DeleteTopicState("mine", Uuid.ZERO), new DeleteTopicState(null, theirs)));
        Map<ErrorCode, Uuid> ids = new TreeMap<>();
        ((DeleteTopicsResponse) peer.call(request, 6))
                .responses()
                .forEach(topic -> ids.put(topic.errorCode(), topic.topicId()));
        assertEquals(
                List.of(ErrorCode.NONE, ErrorCode.TOPIC_AUTHORIZATION_FAILED),
                List.copyOf(ids.keySet()));
        assertEquals(theirs, ids.get(ErrorCode.TOPIC_AUTHORIZATION_FAILED));
        assertEquals(null, peer.image().topic("mine"));
    }

    @Test
    void configurationsAreChangedAsFarAsAllowed() {
        IncrementalAlterConfigsRequest request = new IncrementalAlterConfigsRequest(
                List.of(
                        resource(2, "mine"),
                        resource(2, "theirs"),
                        resource(32, "theirs"),
                        resource(8, "1"),
                        resource(4, "1")),
                false);
        List<ErrorCode> errors = ((IncrementalAlterConfigsResponse) peer.call(request, 1))
                .responses().stream().map(each -> each.errorCode()).sorted().toList();
        assertEquals(
                List.of(
                        ErrorCode.NONE,
                        ErrorCode.TOPIC_AUTHORIZATION_FAILED,
                        ErrorCode.GROUP_AUTHORIZATION_FAILED,
                        ErrorCode.CLUSTER_AUTHORIZATION_FAILED,
                        ErrorCode.CLUSTER_AUTHORIZATION_FAILED),
                errors);
    }

    private static AlterConfigsResource resource(int type, String name) {
        return new AlterConfigsResource(
                (byte) type, name, List.of(new AlterableConfig("retention.ms", (byte) 0, "1000")));
    }

    @Test
    void theClusterIsLeftAlone() {
        AlterClientQuotasRequest request = new AlterClientQuotasRequest(
                List.of(new AlterClientQuotasRequest.EntryData(
                        List.of(new AlterClientQuotasRequest.EntityData("user", "u")),
                        List.of(new AlterClientQuotasRequest.OpData(
                                "producer_byte_rate", 1, false)))),
                false);
        assertEquals(
                ErrorCode.CLUSTER_AUTHORIZATION_FAILED,
                ((AlterClientQuotasResponse) peer.call(request, 1))
                        .entries()
                        .getFirst()
                        .errorCode());
    }
}
