package io.millrace.platform.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.protocol.CreateTopicsRequest;
import io.millrace.protocol.CreateTopicsRequest.CreatableTopic;
import io.millrace.protocol.CreateTopicsRequest.CreatableTopicConfig;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.ProduceRequest;
import io.millrace.protocol.ProduceRequest.PartitionProduceData;
import io.millrace.protocol.ProduceRequest.TopicProduceData;
import io.millrace.protocol.ProduceResponse;
import io.millrace.protocol.Records;
import io.millrace.protocol.Response;
import io.millrace.protocol.Uuid;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.compress.Compression;
import org.jspecify.annotations.Nullable;

/// The node that hostile peers turn to, with topics for them and for a healthy client beside them,
/// and how to see what they took.
final class Target implements AutoCloseable {
    /// Partitions that lie on every loop.
    static final int BESIDE = 4;

    private static final long GROWTH = 64L << 20;

    private final Backend backend;
    private final List<byte[]> frames = new ArrayList<>();

    private Target(Backend backend) {
        this.backend = backend;
    }

    static Target start(Path folder) throws IOException, InterruptedException {
        Target target =
                new Target(Backend.start(folder, Map.of("auto.create.topics.enable", "false")));
        target.prepare();
        return target;
    }

    private void prepare() throws IOException {
        CreatableTopic plain =
                CreatableTopic.DEFAULT.withNumPartitions(1).withReplicationFactor((short) 1);
        List<CreatableTopic> topics = List.of(
                plain.withName("one"),
                plain.withName("healthy"),
                plain.withName("bombed"),
                plain.withName("beside").withNumPartitions(BESIDE),
                plain.withName("repacked")
                        .withConfigs(List.of(new CreatableTopicConfig("compression.type", "lz4"))));
        try (RawClient client = connect()) {
            client.timeoutMs(60_000);
            client.ask(new CreateTopicsRequest(topics, 30_000, false), 7);
            RequestCases cases = new RequestCases();
            RequestCases.Names names = new RequestCases.Names(new Uuid(1, 2));
            ClusterRequests.addAll(cases, names);
            RecordRequests.addAll(cases, names);
            GroupRequests.addAll(cases, names);
            for (RequestCases.Case each : cases.all().values()) {
                frames.add(client.frame(each.request(), each.version()));
            }
        }
    }

    RawClient connect() throws IOException {
        return new RawClient(backend.bootstrap());
    }

    /// One of each request that there is.
    List<byte[]> frames() {
        return frames;
    }

    @Override
    public void close() throws IOException {
        backend.close();
    }

    /// A record is taken before a client gives up.
    void assertHealthy() throws IOException {
        try (RawClient client = connect()) {
            client.timeoutMs(30_000);
            assertEquals(ErrorCode.NONE, produce(client, "healthy", RecordRequests.batch()));
        }
    }

    static ErrorCode produce(RawClient client, String topic, ByteBuffer batch) throws IOException {
        return produce(client, request(topic, batch));
    }

    static ErrorCode produce(RawClient client, ProduceRequest request) throws IOException {
        return error(client.ask(request, 9));
    }

    static ErrorCode error(@Nullable Response response) {
        if (response instanceof ProduceResponse produced) {
            return produced.responses()
                    .getFirst()
                    .partitionResponses()
                    .getFirst()
                    .errorCode();
        }
        throw new AssertionError("the connection was closed");
    }

    static ProduceRequest request(String topic, ByteBuffer batch) {
        return request(topic, 0, batch);
    }

    static ProduceRequest request(String topic, int partition, ByteBuffer batch) {
        return new ProduceRequest(
                null,
                (short) -1,
                5000,
                List.of(new TopicProduceData(
                        topic,
                        Uuid.ZERO,
                        List.of(new PartitionProduceData(partition, Records.of(batch))))));
    }

    static List<Compression> compressions() {
        return List.of(
                Compression.NONE,
                Compression.gzip().build(),
                Compression.snappy().build(),
                Compression.lz4().build(),
                Compression.zstd().build());
    }

    static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    /// Heap after a collection, and memory outside of it.
    static long used() {
        System.gc();
        long used = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            used += pool.getName().equals("direct") ? pool.getMemoryUsed() : 0;
        }
        return used;
    }

    /// What an earlier test left to be decompressed may still be worked on for a while.
    static void assertGrewLittle(long before) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        long grown = used() - before;
        while (grown >= GROWTH && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
            grown = used() - before;
        }
        assertTrue(grown < GROWTH, "grew by " + (grown >> 20) + " MiB");
    }
}
