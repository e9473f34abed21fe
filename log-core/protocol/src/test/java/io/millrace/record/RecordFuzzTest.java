package io.millrace.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.protocol.CorruptLog;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.MalformedFrame;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Damaged bytes lead to the declared errors and to nothing else, whatever they claim.
final class RecordFuzzTest {
    private static final int MAX_BYTES = 4 << 20;
    private static final BatchRules ANY =
            new BatchRules(Integer.MAX_VALUE, false, BatchRules.Timestamps.ANY);

    @ParameterizedTest
    @EnumSource(Compression.class)
    void aChangedByteIsDetectedOrHarmless(Compression compression) {
        ByteBuffer batch = batch(5, compression);
        try (BatchValidator validator = new BatchValidator(MAX_BYTES)) {
            assertInstanceOf(Verdict.Accepted.class, validator.validate(batch, 9, ANY, 0));
            for (int at = 0; at < batch.limit(); at++) {
                byte before = batch.get(at);
                for (int bit = 0; bit < 8; bit++) {
                    batch.put(at, (byte) (before ^ 1 << bit));
                    boolean isUncovered =
                            at >= RecordBatch.LEADER_EPOCH_AT && at < RecordBatch.MAGIC_AT;
                    Verdict verdict = validator.validate(batch, 9, ANY, 0);
                    assertEquals(isUncovered, verdict instanceof Verdict.Accepted, "byte " + at);
                }
                batch.put(at, before);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void mutatedRecordsNeverEscapeTheDeclaredErrors(Compression compression) {
        SplittableRandom random = new SplittableRandom(99 + compression.id());
        int refused = 0;
        try (BatchValidator validator = new BatchValidator(MAX_BYTES);
                BatchReader reader = new BatchReader(MAX_BYTES)) {
            for (int round = 0; round < 6_000; round++) {
                ByteBuffer batch = batch(round % 40, compression);
                for (int left = random.nextInt(1, 5); left > 0; left--) {
                    int at = random.nextInt(RecordBatch.ATTRIBUTES_AT, batch.limit());
                    batch.put(at, (byte) random.nextInt());
                }
                RecordBatch.setCrc(batch, 0);
                ByteBuffer bytes = random.nextBoolean() ? BatchOracleTest.direct(batch) : batch;
                if (validator.validate(bytes, 9, ANY, 0) instanceof Verdict.Refused) {
                    refused++;
                } else {
                    readAll(reader, bytes);
                }
                readOrFail(reader, bytes);
            }
        }
        assertTrue(refused > 400, "refused: " + refused);
    }

    @Test
    void randomBytesAreNoBatches() {
        SplittableRandom random = new SplittableRandom(3);
        try (BatchReader reader = new BatchReader(MAX_BYTES);
                BatchValidator validator = new BatchValidator(MAX_BYTES)) {
            for (int round = 0; round < 20_000; round++) {
                byte[] bytes = new byte[random.nextInt(200)];
                random.nextBytes(bytes);
                if (bytes.length > 17 && random.nextBoolean()) {
                    bytes[8] = 0;
                    bytes[9] = 0;
                    bytes[10] = 0;
                    bytes[16] = 2;
                }
                assertInstanceOf(
                        Verdict.Refused.class,
                        validator.validate(ByteBuffer.wrap(bytes), 9, ANY, 0));
                readOrFail(reader, ByteBuffer.wrap(bytes));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(value = Compression.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void aBombIsRefusedBeforeItUnfolds(Compression compression) {
        BatchBuilder builder = new BatchBuilder();
        builder.begin(0);
        ByteBuffer zeros = ByteBuffer.allocate(64 << 20);
        builder.append(0, 1, null, zeros, RecordHeader.NONE);
        try (Codecs codecs = new Codecs();
                BatchValidator validator = new BatchValidator(MAX_BYTES)) {
            ByteBuffer bomb = builder.finish(codecs, compression, compression.defaultLevel());
            assertTrue(bomb.limit() < 6 << 20);
            var refused =
                    assertInstanceOf(Verdict.Refused.class, validator.validate(bomb, 9, ANY, 0));
            assertEquals(ErrorCode.MESSAGE_TOO_LARGE, refused.error());
            try (BatchReader reader = new BatchReader(MAX_BYTES)) {
                reader.begin(bomb);
                assertTrue(reader.nextBatch());
                assertThrows(MalformedFrame.class, reader::nextRecord);
            }
            try (BatchReader generous = new BatchReader(65 << 20)) {
                readAll(generous, bomb);
            }
        }
    }

    @Test
    void damagedProducerSnapshotsAreCorrupt() {
        ProducerStates states = new ProducerStates(1_000);
        BatchBuilder builder = new BatchBuilder();
        for (int id = 0; id < 3; id++) {
            builder.begin(id);
            builder.producer(id, (short) 0, 0);
            builder.append(id, 5, null, ByteBuffer.allocate(1), RecordHeader.NONE);
            states.append(builder.finish(), 0);
        }
        ByteBuffer snapshot = states.snapshot();
        for (int at = 0; at < snapshot.limit(); at++) {
            byte before = snapshot.get(at);
            snapshot.put(at, (byte) (before ^ 1 << at % 8));
            assertThrows(CorruptLog.class, () -> new ProducerStates(1_000).load(snapshot, 0));
            snapshot.put(at, before);
            ByteBuffer torn = snapshot.duplicate().limit(at);
            assertThrows(CorruptLog.class, () -> new ProducerStates(1_000).load(torn, 0));
        }
        ProducerStates loaded = new ProducerStates(1_000);
        loaded.load(snapshot, 0);
        assertEquals(3, loaded.size());
    }

    @Test
    void mutatedControlRecordsNeverEscapeTheDeclaredErrors() {
        SplittableRandom random = new SplittableRandom(8);
        for (ControlMarker marker : ControlMarkerTest.all()) {
            for (int round = 0; round < 3_000; round++) {
                ByteBuffer key = mutated(random, marker.key());
                ByteBuffer value = mutated(random, marker.value());
                try {
                    ControlMarker.read(key, value);
                } catch (MalformedFrame expected) {
                    assertNotNull(expected.getMessage());
                }
            }
        }
    }

    private static ByteBuffer mutated(SplittableRandom random, ByteBuffer from) {
        byte[] bytes = new byte
                [random.nextInt(5) == 0 ? random.nextInt(from.remaining() + 1) : from.remaining()];
        from.get(bytes);
        if (bytes.length > 0 && random.nextBoolean()) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return ByteBuffer.wrap(bytes);
    }

    private static void readOrFail(BatchReader reader, ByteBuffer bytes) {
        try {
            readAll(reader, bytes);
        } catch (MalformedFrame expected) {
            assertNotNull(expected.getMessage());
        }
    }

    private static void readAll(BatchReader reader, ByteBuffer bytes) {
        reader.begin(bytes);
        while (reader.nextBatch()) {
            while (reader.nextRecord()) {
                LogRecord record = reader.record();
                assertEquals(reader.headerCount(), record.headers().size());
            }
        }
    }

    private static ByteBuffer batch(int seed, Compression compression) {
        SplittableRandom random = new SplittableRandom(seed);
        BatchBuilder builder = new BatchBuilder();
        builder.begin(0);
        for (RandomBatch.Entry entry :
                RandomBatch.of(random).entries().stream().limit(6).toList()) {
            builder.appendArrays(
                    builder.nextOffset(), 5, entry.key(), entry.value(), entry.headers());
        }
        builder.appendArrays(
                builder.nextOffset(),
                5,
                new byte[3],
                new byte[0],
                List.of(new LogRecord.Header("k", null)));
        try (Codecs codecs = new Codecs()) {
            ByteBuffer built = builder.finish(codecs, compression, compression.defaultLevel());
            return ByteBuffer.allocate(built.remaining()).put(built).flip();
        }
    }
}
