package io.millrace.platform.conformance;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.millrace.protocol.ApiVersionsRequest;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.ProduceRequest;
import io.millrace.protocol.ProduceResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.common.utils.Crc32C;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Peers that send nonsense or nothing: a healthy client beside them is served, and when they are
/// gone so is what they took.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
final class HostilePeersIT {
    private static final long SEED = Long.getLong("fuzz.seed", 42);
    private static final int ROUNDS = Integer.getInteger("fuzz.rounds", 3000);

    private Target target;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException, InterruptedException {
        target = Target.start(folder);
    }

    @AfterAll
    void stop() throws IOException {
        target.close();
    }

    @BeforeEach
    void isHealthy() throws IOException {
        target.assertHealthy();
    }

    @Test
    void damagedFramesHurtNobodyElse() throws IOException {
        SplittableRandom random = new SplittableRandom(SEED);
        Map<RawClient.Fate, Integer> fates = new EnumMap<>(RawClient.Fate.class);
        long before = Target.used();
        for (int round = 0; round < ROUNDS; round++) {
            byte[] frame = Mutation.of(
                    random, target.frames().get(random.nextInt(target.frames().size())), 4);
            if (random.nextInt(10) > 0) {
                Mutation.put(frame, 0, frame.length - 4);
            }
            try (RawClient client = target.connect()) {
                client.send(frame);
                fates.merge(client.fate(5), 1, Integer::sum);
            }
            if (round % 250 == 249) {
                target.assertHealthy();
            }
        }
        target.assertHealthy();
        Target.assertGrewLittle(before);
        assertTrue(fates.getOrDefault(RawClient.Fate.CLOSED, 0) > ROUNDS / 10, fates.toString());
    }

    @Test
    void damagedBatchesAreRefusedOrStored() throws IOException {
        SplittableRandom random = new SplittableRandom(SEED);
        List<byte[]> batches = new ArrayList<>();
        for (Compression compression : Target.compressions()) {
            batches.add(Target.bytes(
                    MemoryRecords.withRecords(compression, records(20)).buffer()));
        }
        for (int round = 0; round < ROUNDS / 3; round++) {
            byte[] batch = Mutation.of(random, batches.get(round % batches.size()), 12);
            if (batch.length > 61) {
                Mutation.put(batch, 8, batch.length - 12);
                seal(batch);
            }
            try (RawClient client = target.connect()) {
                client.timeoutMs(60_000);
                Target.produce(client, round % 2 == 0 ? "one" : "repacked", ByteBuffer.wrap(batch));
            }
        }
        target.assertHealthy();
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

    private static void seal(byte[] batch) {
        ByteBuffer buffer = ByteBuffer.wrap(batch);
        Mutation.put(batch, 17, (int) Crc32C.compute(buffer, 21, batch.length - 21));
    }

    @Test
    void lengthsThatCannotBeEndTheConnection() throws IOException {
        for (int length : new int[] {0x7fff_ffff, -1, 0x8000_0000, 0, 3, 104_857_601}) {
            byte[] prefix = new byte[12];
            Mutation.put(prefix, 0, length);
            try (RawClient client = target.connect()) {
                client.timeoutMs(5_000);
                client.send(prefix);
                assertNull(client.receive(), "length " + length);
            }
        }
        for (String greeting : List.of(
                "GET / HTTP/1.1\r\nHost: x\r\n\r\n", "\u0016\u0003\u0001\u0002 hello hello")) {
            try (RawClient client = target.connect()) {
                client.timeoutMs(5_000);
                client.send(greeting.getBytes(StandardCharsets.ISO_8859_1));
                assertNull(client.receive(), greeting);
            }
        }
    }

    @Test
    void peersThatStopHalfWayHoldLittle() throws IOException {
        assumeFalse(Backend.isKafka(), "Kafka takes memory for what is only announced");
        long before = Target.used();
        List<RawClient> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                RawClient client = target.connect();
                slow.add(client);
                byte[] start = target.frames().get(i % target.frames().size()).clone();
                Mutation.put(start, 0, 90_000_000);
                client.send(start);
            }
            target.assertHealthy();
            Target.assertGrewLittle(before);
        } finally {
            for (RawClient client : slow) {
                client.close();
            }
        }
    }

    @Test
    void framesMayComeByteByByte() throws IOException {
        try (RawClient client = target.connect()) {
            client.timeoutMs(10_000);
            ProduceRequest request = Target.request("one", RecordRequests.batch());
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
        long before = Target.used();
        List<RawClient> deaf = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                RawClient client = target.connect();
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
                client.send(Target.bytes(many.flip()));
            }
            target.assertHealthy();
            Target.assertGrewLittle(before);
        } finally {
            for (RawClient client : deaf) {
                client.close();
            }
        }
    }
}
