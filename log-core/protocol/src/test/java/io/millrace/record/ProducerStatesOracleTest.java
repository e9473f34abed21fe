package io.millrace.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.protocol.ErrorCode;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MutableRecordBatch;
import org.apache.kafka.storage.internals.log.AppendOrigin;
import org.apache.kafka.storage.internals.log.BatchMetadata;
import org.apache.kafka.storage.internals.log.ProducerAppendInfo;
import org.apache.kafka.storage.internals.log.ProducerStateEntry;
import org.apache.kafka.storage.internals.log.ProducerStateManager;
import org.apache.kafka.storage.internals.log.ProducerStateManagerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kafka's producer state and ours see the same batches and must answer the same, and take over
/// each other's snapshots.
final class ProducerStatesOracleTest {
    private static final int EXPIRATION_MS = 10_000;
    private static final int ROUNDS = 300;
    private static final int STEPS = 120;

    private long nowMs = 1_000_000;
    private long nextOffset;

    @Test
    void answersWhatKafkaAnswers(@TempDir Path folder) throws IOException {
        Map<ErrorCode, Integer> seen = new EnumMap<>(ErrorCode.class);
        int duplicates = 0;
        for (int round = 0; round < ROUNDS; round++) {
            SplittableRandom random = new SplittableRandom(round);
            nextOffset = 0;
            ProducerStateManager kafka =
                    manager(Files.createDirectory(folder.resolve("r" + round)));
            ProducerStates ours = new ProducerStates(EXPIRATION_MS);
            for (int step = 0; step < STEPS; step++) {
                nowMs += random.nextInt(300);
                ByteBuffer batch = batch(random, ours);
                String expected = kafka(kafka, batch);
                String actual = ours(ours, batch);
                assertEquals(expected, actual, "round " + round + " step " + step);
                duplicates += actual.startsWith("duplicate") ? 1 : 0;
                if (!actual.contains(" ")) {
                    seen.merge(ErrorCode.valueOf(actual), 1, Integer::sum);
                }
                if (step % 40 == 39) {
                    kafka.removeExpiredProducers(nowMs);
                    ours.expire(nowMs);
                    ours = exchangeSnapshots(
                            kafka, ours, folder.resolve("snapshot-" + round).toFile());
                    kafka = reloaded(kafka, folder.resolve("r" + round + "-" + step));
                }
                assertSame(kafka, ours);
            }
        }
        assertTrue(duplicates > 100, "duplicates: " + duplicates);
        for (ErrorCode must : List.of(
                ErrorCode.NONE,
                ErrorCode.INVALID_PRODUCER_EPOCH,
                ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER,
                ErrorCode.INVALID_TXN_STATE)) {
            assertTrue(seen.getOrDefault(must, 0) > 100, () -> "too rare: " + must + " in " + seen);
        }
    }

    private ProducerStateManager manager(Path folder) throws IOException {
        return new ProducerStateManager(
                new TopicPartition("t", 0),
                folder.toFile(),
                60_000,
                new ProducerStateManagerConfig(EXPIRATION_MS, false),
                new FixedTime(nowMs));
    }

    /// A batch that more or less continues what the producer did before.
    private ByteBuffer batch(SplittableRandom random, ProducerStates states) {
        long id = random.nextInt(4);
        Optional<ProducerState> state = states.producers().stream()
                .filter(each -> each.producerId() == id)
                .findFirst();
        int epoch = state.map(each -> (int) each.epoch()).orElse(0)
                + pick(random, 0, 0, 0, 0, 0, 0, 1, -1);
        int last = state.map(ProducerState::lastSequence).orElse(-1);
        int count = random.nextInt(1, 4);
        int next = last == Integer.MAX_VALUE ? 0 : last + 1;
        int first = pick(
                random,
                next,
                next,
                next,
                next,
                next - 3,
                next - 1,
                next + 1,
                0,
                Integer.MAX_VALUE - 2);
        if (state.isPresent() && random.nextInt(3) == 0) {
            List<ProducerState.Batch> batches = new ArrayList<>();
            state.get().batches().forEach(batches::add);
            if (!batches.isEmpty()) {
                ProducerState.Batch again = batches.get(random.nextInt(batches.size()));
                first = again.firstSequence();
                count = again.offsetDelta() + 1;
            }
        }
        BatchBuilder builder = new BatchBuilder();
        boolean isOpen = state.map(each -> each.transactionFirstOffset() >= 0).orElse(false);
        if (isOpen && random.nextInt(4) == 0) {
            new ControlMarker.EndTransaction(random.nextBoolean(), 3)
                    .begin(builder, nextOffset, nowMs);
            builder.producer(id, state.orElseThrow().epoch(), -1);
        } else {
            builder.begin(nextOffset);
            builder.producer(id, (short) Math.max(0, epoch), Math.max(0, first));
            if (random.nextInt(isOpen ? 2 : 6) != 0 == isOpen) {
                builder.transactional();
            }
            for (int i = 0; i < count; i++) {
                builder.appendArrays(nextOffset + i, nowMs, null, new byte[1], RecordHeader.NONE);
            }
        }
        return builder.finish();
    }

    private static int pick(SplittableRandom random, int... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private static String kafka(ProducerStateManager states, ByteBuffer bytes) {
        MutableRecordBatch batch =
                MemoryRecords.readableRecords(bytes).batches().iterator().next();
        Optional<ProducerStateEntry> entry = states.lastEntry(batch.producerId());
        if (!batch.isControlBatch()) {
            Optional<BatchMetadata> duplicate = entry.flatMap(each -> duplicate(each, batch));
            if (duplicate.isPresent()) {
                return "duplicate " + duplicate.get().firstOffset() + " "
                        + duplicate.get().lastOffset();
            }
        }
        try {
            ProducerAppendInfo info = states.prepareUpdate(
                    batch.producerId(),
                    batch.isControlBatch() ? AppendOrigin.COORDINATOR : AppendOrigin.CLIENT);
            var ended = info.append(batch, Optional.empty(), (short) 1);
            states.update(info);
            ended.ifPresent(states::completeTxn);
            return ended.map(each -> "ended " + each.firstOffset() + " " + each.isAborted())
                    .orElse("NONE");
        } catch (ApiException e) {
            return Errors.forException(e).name();
        }
    }

    private static Optional<BatchMetadata> duplicate(
            ProducerStateEntry entry, MutableRecordBatch batch) {
        return entry.batchMetadata().stream()
                .filter(each -> entry.producerEpoch() == batch.producerEpoch()
                        && each.firstSeq() == batch.baseSequence()
                        && each.lastSeq() == batch.lastSequence())
                .findFirst();
    }

    private static int lastSequence(ProducerStateEntry entry) {
        return entry.batchMetadata().stream()
                .reduce((first, second) -> second)
                .map(BatchMetadata::lastSeq)
                .orElse(-1);
    }

    private String ours(ProducerStates states, ByteBuffer batch) {
        if (RecordBatch.isControl(batch, 0)) {
            try (BatchReader reader = new BatchReader(1000)) {
                reader.begin(batch);
                assertTrue(reader.nextBatch());
                assertTrue(reader.nextRecord());
                var marker = (ControlMarker.EndTransaction)
                        ControlMarker.read(reader.key(), reader.value());
                var ended = states.append(batch, 0, marker);
                nextOffset++;
                return ended.isEmpty()
                        ? "NONE"
                        : "ended " + ended.getFirst().firstOffset() + " "
                                + ended.getFirst().isAborted();
            }
        }
        return switch (states.check(batch, 0)) {
            case ProducerStates.Sequence.Duplicate duplicate ->
                "duplicate " + duplicate.firstOffset() + " " + duplicate.lastOffset();
            case ProducerStates.Sequence.Refused refused -> refused.error().name();
            case ProducerStates.Sequence.InOrder inOrder -> {
                states.append(batch, 0);
                nextOffset += RecordBatch.count(batch, 0);
                yield "NONE";
            }
        };
    }

    private static void assertSame(ProducerStateManager kafka, ProducerStates ours) {
        assertEquals(kafka.activeProducers().size(), ours.size());
        for (ProducerState state : ours.producers()) {
            ProducerStateEntry entry = kafka.lastEntry(state.producerId()).orElseThrow();
            assertEquals(entry.producerEpoch(), state.epoch());
            assertEquals(lastSequence(entry), state.lastSequence());
            assertEquals(entry.lastDataOffset(), state.lastOffset());
            assertEquals(entry.lastTimestamp(), state.lastTimestampMs());
            assertEquals(entry.coordinatorEpoch(), state.coordinatorEpoch());
            assertEquals(entry.currentTxnFirstOffset().orElse(-1), state.transactionFirstOffset());
        }
        assertEquals(kafka.firstUndecidedOffset(), ours.firstOpenOffset());
    }

    /// Each side reads what the other wrote; goes on with ours as it was read from Kafka's.
    private ProducerStates exchangeSnapshots(
            ProducerStateManager kafka, ProducerStates ours, File file) throws IOException {
        ByteBuffer snapshot = ours.snapshot();
        byte[] bytes = new byte[snapshot.remaining()];
        snapshot.get(bytes);
        Files.write(file.toPath(), bytes);
        List<ProducerStateEntry> read = ProducerStateManager.readSnapshot(file);
        assertEquals(ours.size(), read.size());
        for (ProducerStateEntry entry : read) {
            assertEquals(
                    lastSequence(kafka.lastEntry(entry.producerId()).orElseThrow()),
                    lastSequence(entry));
        }
        ProducerStateManager.writeSnapshot(file, new HashMap<>(kafka.activeProducers()), true);
        ProducerStates loaded = new ProducerStates(EXPIRATION_MS);
        loaded.load(ByteBuffer.wrap(Files.readAllBytes(file.toPath())), nowMs);
        return loaded;
    }

    private ProducerStateManager reloaded(ProducerStateManager kafka, Path folder)
            throws IOException {
        Files.createDirectory(folder);
        File file = folder.resolve("%020d.snapshot".formatted(nextOffset)).toFile();
        ProducerStateManager.writeSnapshot(file, new HashMap<>(kafka.activeProducers()), true);
        ProducerStateManager fresh = manager(folder);
        fresh.truncateAndReload(0, nextOffset, nowMs);
        return fresh;
    }
}
