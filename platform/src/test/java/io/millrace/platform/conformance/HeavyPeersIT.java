package io.millrace.platform.conformance;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.protocol.Api;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.ProduceRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Peers that send far too much: what is huge once decompressed, and thousands of requests at once.
/// Others are served beside them.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
final class HeavyPeersIT {
    private static final int BOMBS = 12;
    private static final int FLOOD = 10_000;

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
    void bombsDoNotGoOff() throws IOException {
        byte[] zeros = new byte[200 << 20];
        for (Compression compression : Target.compressions().subList(1, 5)) {
            SimpleRecord large = new SimpleRecord(1_600_000_000_000L, null, zeros);
            ByteBuffer bomb = MemoryRecords.withRecords(compression, large).buffer();
            assertTrue(bomb.remaining() < 20 << 20, "not compressed: " + bomb.remaining());
            for (String topic : List.of("one", "repacked")) {
                try (RawClient client = target.connect()) {
                    client.timeoutMs(60_000);
                    client.send(client.frame(Target.request(topic, bomb.duplicate()), 9));
                    assertNotNull(client.answer(Api.PRODUCE, 9), compression.toString());
                }
            }
        }
        target.assertHealthy();
    }

    /// Whoever sends other records beside them is answered, on every loop, long before they are.
    @Test
    void bombsHoldUpNobodyElse() throws IOException {
        ByteBuffer bomb = MemoryRecords.withRecords(
                        Compression.gzip().build(),
                        new SimpleRecord(1_600_000_000_000L, null, new byte[120 << 20]))
                .buffer();
        try (RawClient bomber = target.connect()) {
            bomber.timeoutMs(60_000);
            for (int i = 0; i < BOMBS; i++) {
                bomber.send(bomber.frame(Target.request("bombed", bomb.duplicate()), 9));
            }
            for (int partition = 0; partition < Target.BESIDE; partition++) {
                try (RawClient client = target.connect()) {
                    client.timeoutMs(30_000);
                    ErrorCode error = Target.produce(
                            client, Target.request("beside", partition, RecordRequests.batch()));
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
        try (RawClient flooder = target.connect()) {
            flooder.timeoutMs(60_000);
            AtomicInteger answers = new AtomicInteger();
            Thread writer = Thread.startVirtualThread(() -> flood(flooder));
            Thread reader = Thread.startVirtualThread(() -> readAll(flooder, answers));
            for (int partition = 0; partition < Target.BESIDE; partition++) {
                try (RawClient client = target.connect()) {
                    client.timeoutMs(30_000);
                    ProduceRequest request =
                            Target.request("beside", partition, RecordRequests.batch());
                    assertEquals(ErrorCode.NONE, Target.produce(client, request));
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
                client.send(client.frame(Target.request("one", RecordRequests.batch()), 9));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void readAll(RawClient client, AtomicInteger answers) {
        try {
            while (answers.get() < FLOOD) {
                assertEquals(ErrorCode.NONE, Target.error(client.answer(Api.PRODUCE, 9)));
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
        try (RawClient client = target.connect()) {
            client.timeoutMs(60_000);
            for (ByteBuffer batch : batches) {
                client.send(client.frame(Target.request("beside", 0, batch), 9));
            }
            for (int i = 0; i < batches.size(); i++) {
                assertEquals(
                        ErrorCode.NONE, Target.error(client.answer(Api.PRODUCE, 9)), "batch " + i);
            }
        }
    }
}
