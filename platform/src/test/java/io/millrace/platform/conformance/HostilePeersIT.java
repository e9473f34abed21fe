package io.millrace.platform.conformance;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.millrace.protocol.Api;
import io.millrace.protocol.ApiVersionsRequest;
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
import java.io.UncheckedIOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.common.utils.Crc32C;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Peers that send nonsense, far too much, or nothing: a healthy client beside them is served, and
/// when they are gone so is what they took.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
final class HostilePeersIT {
    private static final long SEED = Long.getLong("fuzz.seed", 42);
    private static final int ROUNDS = Integer.getInteger("fuzz.rounds", 3000);
    private static final long GROWTH = 64L << 20;

    /// Partitions that lie on every loop.
    private static final int BESIDE = 4;

    private static final int BOMBS = 12;
    private static final int FLOOD = 10_000;

    private final List<byte[]> frames = new ArrayList<>();
    private Backend backend;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException, InterruptedException {
        backend = Backend.start(folder, Map.of("auto.create.topics.enable", "false"));
        CreatableTopic plain =
                CreatableTopic.DEFAULT.withNumPartitions(1).withReplicationFactor((short) 1);
        List<CreatableTopic> topics = List.of(
                plain.withName("one"),
                plain.withName("healthy"),
                plain.withName("bombed"),
                plain.withName("beside").withNumPartitions(BESIDE),
                plain.withName("repacked")
                        .withConfigs(List.of(new CreatableTopicConfig("compression.type", "lz4"))));
        try (RawClient client = new RawClient(backend.bootstrap())) {
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

    @AfterAll
    void stop() throws IOException {
        backend.close();
    }

    @BeforeEach
    void isHealthy() throws IOException {
        assertHealthy();
    }

    /// A record is taken before a client gives up.
    private void assertHealthy() throws IOException {
        try (RawClient client = new RawClient(backend.bootstrap())) {
            client.timeoutMs(30_000);
            assertEquals(ErrorCode.NONE, produce(client, "healthy", RecordRequests.batch()));
        }
    }

    private static ErrorCode produce(RawClient client, String topic, ByteBuffer batch)
            throws IOException {
        return produce(client, request(topic, batch));
    }

    private static ErrorCode produce(RawClient client, ProduceRequest request) throws IOException {
        return error(client.ask(request, 9));
    }

    private static ErrorCode error(@Nullable Response response) {
        if (response instanceof ProduceResponse produced) {
            return produced.responses()
                    .getFirst()
                    .partitionResponses()
                    .getFirst()
                    .errorCode();
        }
        throw new AssertionError("the connection was closed");
    }

    private static ProduceRequest request(String topic, ByteBuffer batch) {
        return request(topic, 0, batch);
    }

    private static ProduceRequest request(String topic, int partition, ByteBuffer batch) {
        return new ProduceRequest(
                null,
                (short) -1,
                5000,
                List.of(new TopicProduceData(
                        topic,
                        Uuid.ZERO,
                        List.of(new PartitionProduceData(partition, Records.of(batch))))));
    }

    @Test
    void damagedFramesHurtNobodyElse() throws IOException {
        SplittableRandom random = new SplittableRandom(SEED);
        Map<RawClient.Fate, Integer> fates = new EnumMap<>(RawClient.Fate.class);
        long before = used();
        for (int round = 0; round < ROUNDS; round++) {
            byte[] frame = Mutation.of(random, frames.get(random.nextInt(frames.size())), 4);
            if (random.nextInt(10) > 0) {
                Mutation.put(frame, 0, frame.length - 4);
            }
            try (RawClient client = new RawClient(backend.bootstrap())) {
                client.send(frame);
                fates.merge(client.fate(5), 1, Integer::sum);
            }
            if (round % 250 == 249) {
                assertHealthy();
            }
        }
        assertHealthy();
        assertGrewLittle(before);
        assertTrue(fates.getOrDefault(RawClient.Fate.CLOSED, 0) > ROUNDS / 10, fates.toString());
    }

    @Test
    void damagedBatchesAreRefusedOrStored() throws IOException {
        SplittableRandom random = new SplittableRandom(SEED);
        List<byte[]> batches = new ArrayList<>();
        for (Compression compression : compressions()) {
            batches.add(
                    bytes(MemoryRecords.withRecords(compression, records(20)).buffer()));
        }
        for (int round = 0; round < ROUNDS / 3; round++) {
            byte[] batch = Mutation.of(random, batches.get(round % batches.size()), 12);
            if (batch.length > 61) {
                Mutation.put(batch, 8, batch.length - 12);
                seal(batch);
            }
            try (RawClient client = new RawClient(backend.bootstrap())) {
                client.timeoutMs(60_000);
                produce(client, round % 2 == 0 ? "one" : "repacked", ByteBuffer.wrap(batch));
            }
        }
        assertHealthy();
    }

    private static List<Compression> compressions() {
        return List.of(
                Compression.NONE,
                Compression.gzip().build(),
                Compression.snappy().build(),
                Compression.lz4().build(),
                Compression.zstd().build());
    }

    private static SimpleRecord[] records(int count) {
        SimpleRecord[] records = new SimpleRecord[count];
        for (int i = 0; i < count; i++) {
            records[i] = new SimpleRecord(
                    1_600_000_000_000L + i,
                    ("key " + i).getBytes(StandardCharsets.UTF_8),
                    ("value " + i).repeat(i).getBytes(StandardCharsets.UTF_8));
        }
        return records;
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private static void seal(byte[] batch) {
        ByteBuffer buffer = ByteBuffer.wrap(batch);
        Mutation.put(batch, 17, (int) Crc32C.compute(buffer, 21, batch.length - 21));
    }

    @Test
    void bombsDoNotGoOff() throws IOException {
        byte[] zeros = new byte[200 << 20];
        for (Compression compression : compressions().subList(1, 5)) {
            SimpleRecord large = new SimpleRecord(1_600_000_000_000L, null, zeros);
            ByteBuffer bomb = MemoryRecords.withRecords(compression, large).buffer();
            assertTrue(bomb.remaining() < 20 << 20, "not compressed: " + bomb.remaining());
            for (String topic : List.of("one", "repacked")) {
                try (RawClient client = new RawClient(backend.bootstrap())) {
                    client.timeoutMs(60_000);
                    client.send(client.frame(request(topic, bomb.duplicate()), 9));
                    assertNotNull(client.answer(Api.PRODUCE, 9), compression.toString());
                }
            }
        }
        assertHealthy();
    }

    /// Whoever sends other records beside them is answered, on every loop, long before they are.
    @Test
    void bombsHoldUpNobodyElse() throws IOException {
        ByteBuffer bomb = MemoryRecords.withRecords(
                        Compression.gzip().build(),
                        new SimpleRecord(1_600_000_000_000L, null, new byte[120 << 20]))
                .buffer();
        try (RawClient bomber = new RawClient(backend.bootstrap())) {
            bomber.timeoutMs(60_000);
            for (int i = 0; i < BOMBS; i++) {
                bomber.send(bomber.frame(request("bombed", bomb.duplicate()), 9));
            }
            for (int partition = 0; partition < BESIDE; partition++) {
                try (RawClient client = new RawClient(backend.bootstrap())) {
                    client.timeoutMs(30_000);
                    ErrorCode error =
                            produce(client, request("beside", partition, RecordRequests.batch()));
                    assertEquals(ErrorCode.NONE, error);
                }
            }
            int arrived = bomber.arrived();
            int answer = 0;
            for (int i = 0; i < BOMBS; i++) {
                answer = requireNonNull(bomber.receive(), "closed").remaining();
            }
            assertTrue(arrived < BOMBS * answer, "all were unpacked before: " + arrived);
        }
    }

    /// One connection that has thousands of requests on their way takes turns with the others.
    @Test
    void aFloodOfRequestsStarvesNobody() throws IOException, InterruptedException {
        try (RawClient flooder = new RawClient(backend.bootstrap())) {
            flooder.timeoutMs(60_000);
            AtomicInteger answers = new AtomicInteger();
            Thread writer = Thread.startVirtualThread(() -> flood(flooder));
            Thread reader = Thread.startVirtualThread(() -> readAll(flooder, answers));
            for (int partition = 0; partition < BESIDE; partition++) {
                try (RawClient client = new RawClient(backend.bootstrap())) {
                    client.timeoutMs(30_000);
                    ProduceRequest request = request("beside", partition, RecordRequests.batch());
                    assertEquals(ErrorCode.NONE, produce(client, request));
                }
            }
            int before = answers.get();
            writer.join();
            reader.join();
            assertEquals(FLOOD, answers.get());
            assertTrue(before < FLOOD, "the others were served last");
        }
    }

    private static void flood(RawClient client) {
        try {
            for (int i = 0; i < FLOOD; i++) {
                client.send(client.frame(request("one", RecordRequests.batch()), 9));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void readAll(RawClient client, AtomicInteger answers) {
        try {
            while (answers.get() < FLOOD) {
                assertEquals(ErrorCode.NONE, error(client.answer(Api.PRODUCE, 9)));
                answers.incrementAndGet();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What comes behind a batch that takes long to look at is not appended before it.
    @Test
    void largeBatchesKeepTheirPlace() throws IOException {
        List<ByteBuffer> batches = new ArrayList<>();
        for (int sequence = 0; sequence < 6; sequence++) {
            boolean isLarge = sequence % 3 == 0;
            batches.add(MemoryRecords.withIdempotentRecords(
                            Compression.zstd().build(),
                            4711L,
                            (short) 0,
                            sequence,
                            new SimpleRecord(
                                    1_600_000_000_000L, null, new byte[isLarge ? 40 << 20 : 10]))
                    .buffer());
        }
        try (RawClient client = new RawClient(backend.bootstrap())) {
            client.timeoutMs(60_000);
            for (ByteBuffer batch : batches) {
                client.send(client.frame(request("beside", 0, batch), 9));
            }
            for (int i = 0; i < batches.size(); i++) {
                assertEquals(ErrorCode.NONE, error(client.answer(Api.PRODUCE, 9)), "batch " + i);
            }
        }
    }

    @Test
    void lengthsThatCannotBeEndTheConnection() throws IOException {
        for (int length : new int[] {0x7fff_ffff, -1, 0x8000_0000, 0, 3, 104_857_601}) {
            byte[] prefix = new byte[12];
            Mutation.put(prefix, 0, length);
            try (RawClient client = new RawClient(backend.bootstrap())) {
                client.timeoutMs(5_000);
                client.send(prefix);
                assertNull(client.receive(), "length " + length);
            }
        }
        for (String greeting : List.of(
                "GET / HTTP/1.1\r\nHost: x\r\n\r\n", "\u0016\u0003\u0001\u0002 hello hello")) {
            try (RawClient client = new RawClient(backend.bootstrap())) {
                client.timeoutMs(5_000);
                client.send(greeting.getBytes(StandardCharsets.ISO_8859_1));
                assertNull(client.receive(), greeting);
            }
        }
    }

    @Test
    void peersThatStopHalfWayHoldLittle() throws IOException {
        assumeFalse(Backend.isKafka(), "Kafka takes memory for what is only announced");
        long before = used();
        List<RawClient> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                RawClient client = new RawClient(backend.bootstrap());
                slow.add(client);
                byte[] start = frames.get(i % frames.size()).clone();
                Mutation.put(start, 0, 90_000_000);
                client.send(start);
            }
            assertHealthy();
            assertGrewLittle(before);
        } finally {
            for (RawClient client : slow) {
                client.close();
            }
        }
    }

    @Test
    void framesMayComeByteByByte() throws IOException {
        try (RawClient client = new RawClient(backend.bootstrap())) {
            client.timeoutMs(10_000);
            ProduceRequest request = request("one", RecordRequests.batch());
            for (byte each : client.frame(request, 9)) {
                client.send(new byte[] {each});
            }
            assertTrue(client.answer(request.api(), 9) instanceof ProduceResponse produced
                    && produced.responses()
                                    .getFirst()
                                    .partitionResponses()
                                    .getFirst()
                                    .errorCode()
                            == ErrorCode.NONE);
        }
    }

    /// A peer that asks and never reads must not fill the memory with answers.
    @Test
    void peersThatDoNotReadHoldLittle() throws IOException {
        long before = used();
        List<RawClient> deaf = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                RawClient client = new RawClient(backend.bootstrap());
                deaf.add(client);
                ByteBuffer many = ByteBuffer.allocate(1 << 16);
                byte[] ask = client.frame(
                        ApiVersionsRequest.DEFAULT
                                .withClientSoftwareName("a")
                                .withClientSoftwareVersion("1"),
                        3);
                while (many.remaining() > ask.length) {
                    many.put(ask);
                }
                client.send(bytes(many.flip()));
            }
            assertHealthy();
            assertGrewLittle(before);
        } finally {
            for (RawClient client : deaf) {
                client.close();
            }
        }
    }

    /// Heap after a collection, and memory outside of it.
    private static long used() {
        System.gc();
        long used = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            used += pool.getName().equals("direct") ? pool.getMemoryUsed() : 0;
        }
        return used;
    }

    /// What an earlier test left to be decompressed may still be worked on for a while.
    private static void assertGrewLittle(long before) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        long grown = used() - before;
        while (grown >= GROWTH && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
            grown = used() - before;
        }
        assertTrue(grown < GROWTH, "grew by " + (grown >> 20) + " MiB");
    }
}
