package io.millrace.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.protocol.ErrorCode;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.CorruptRecordException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MutableRecordBatch;
import org.apache.kafka.common.requests.ProduceRequest;
import org.apache.kafka.common.utils.BufferSupplier;
import org.apache.kafka.common.utils.PrimitiveRef;
import org.apache.kafka.storage.internals.log.AppendOrigin;
import org.apache.kafka.storage.internals.log.LogValidator;
import org.apache.kafka.storage.internals.log.RecordValidationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Kafka's own validator and ours see the same batches, good and bad, and must say the same; what
/// they accept must then stand in the log byte for byte alike.
final class BatchValidatorOracleTest {
    private static final long NOW = 1_700_000_050_000L;
    private static final int ROUNDS = 1_500;
    private static final int LEADER_EPOCH = 5;
    private static final long NEXT_OFFSET = 1_000;

    private final BatchValidator validator = new BatchValidator(64 << 20);
    private final Map<ErrorCode, Integer> seen = new EnumMap<>(ErrorCode.class);

    private record Answer(ErrorCode error, List<Integer> records, ByteBuffer appended) {}

    @ParameterizedTest
    @EnumSource(Compression.class)
    void saysWhatKafkaSays(Compression compression) {
        SplittableRandom random = new SplittableRandom(11 + compression.id());
        try (Codecs codecs = new Codecs()) {
            for (int round = 0; round < ROUNDS; round++) {
                BatchRules rules = rules(random);
                int version = random.nextInt(3, 14);
                ByteBuffer batch = batch(random, codecs, compression);
                spoil(random, batch);
                String what = "round " + round;
                Answer expected = kafka(copy(batch), version, rules);
                Answer actual = ours(copy(batch), version, rules);
                seen.merge(actual.error, 1, Integer::sum);
                if (expected.error != ErrorCode.UNKNOWN_SERVER_ERROR) {
                    assertEquals(expected, actual, what);
                } else {
                    assertTrue(
                            actual.error == ErrorCode.INVALID_RECORD
                                    || actual.error == ErrorCode.UNSUPPORTED_COMPRESSION_TYPE
                                    || actual.error == ErrorCode.MESSAGE_TOO_LARGE
                                    || actual.error == ErrorCode.CORRUPT_MESSAGE,
                            what + ": " + actual);
                }
            }
        }
        for (ErrorCode must : List.of(
                ErrorCode.NONE,
                ErrorCode.INVALID_RECORD,
                ErrorCode.CORRUPT_MESSAGE,
                ErrorCode.INVALID_TIMESTAMP,
                ErrorCode.MESSAGE_TOO_LARGE)) {
            assertTrue(seen.getOrDefault(must, 0) > 10, () -> "too rare: " + must + " in " + seen);
        }
    }

    private static BatchRules rules(SplittableRandom random) {
        boolean isNarrow = random.nextInt(3) == 0;
        return new BatchRules(
                random.nextInt(5) == 0 ? 500 : 1 << 20,
                random.nextInt(4) == 0,
                new BatchRules.Timestamps(
                        random.nextInt(4) == 0
                                ? TimestampType.LOG_APPEND_TIME
                                : TimestampType.CREATE_TIME,
                        isNarrow ? 50_000 : Long.MAX_VALUE,
                        isNarrow ? 49_000 : 3_600_000));
    }

    private static ByteBuffer batch(
            SplittableRandom random, Codecs codecs, Compression compression) {
        RandomBatch content = RandomBatch.of(random);
        BatchBuilder builder = new BatchBuilder();
        builder.begin(0);
        if (content.producerId() >= 0) {
            builder.producer(content.producerId(), content.producerEpoch(), 3);
        }
        if (random.nextInt(10) == 0) {
            builder.appendTime(1_700_000_000_000L);
        }
        boolean hasKeys = random.nextBoolean();
        for (RandomBatch.Entry entry : content.entries()) {
            byte[] key = entry.key() == null && hasKeys ? new byte[] {1} : entry.key();
            long timestamp = random.nextInt(50) == 0 ? -1 : entry.timestampMs();
            builder.appendArrays(
                    builder.nextOffset(), timestamp, key, entry.value(), entry.headers());
        }
        return copy(builder.finish(codecs, compression, compression.defaultLevel()));
    }

    /// Changes one thing, and mostly makes the checksum right again.
    private static void spoil(SplittableRandom random, ByteBuffer batch) {
        boolean fixCrc = random.nextInt(6) != 0;
        switch (random.nextInt(14)) {
            case 0 -> batch.putLong(0, random.nextInt(2));
            case 1 -> batch.putInt(RecordBatch.COUNT_AT, random.nextInt(-1, 14));
            case 2 -> batch.putInt(RecordBatch.LAST_OFFSET_DELTA_AT, random.nextInt(-1, 14));
            case 3 -> batch.put(RecordBatch.MAGIC_AT, (byte) random.nextInt(-1, 4));
            case 4 ->
                batch.putShort(RecordBatch.ATTRIBUTES_AT, (short)
                        (batch.getShort(RecordBatch.ATTRIBUTES_AT) ^ 1 << random.nextInt(7)));
            case 5 -> batch.putInt(RecordBatch.BASE_SEQUENCE_AT, random.nextInt(-3, 3));
            case 6 ->
                batch.put(random.nextInt(RecordBatch.HEADER_BYTES, batch.limit()), (byte)
                        random.nextInt());
            case 7 -> batch.putLong(RecordBatch.MAX_TIMESTAMP_AT, NOW - random.nextInt(100_000));
            case 8 -> batch.limit(random.nextInt(batch.limit()));
            default -> fixCrc |= random.nextBoolean();
        }
        if (fixCrc
                && batch.limit() >= RecordBatch.HEADER_BYTES
                && RecordBatch.sizeInBytes(batch, 0) == batch.limit()) {
            RecordBatch.setCrc(batch, 0);
        } else if (random.nextBoolean() && batch.limit() > RecordBatch.CRC_AT + 4) {
            batch.putInt(RecordBatch.CRC_AT, random.nextInt());
        }
    }

    private Answer ours(ByteBuffer batch, int version, BatchRules rules) {
        return switch (validator.validate(batch, version, rules, NOW)) {
            case Verdict.Refused refused ->
                new Answer(
                        refused.error(),
                        refused.records().stream()
                                .map(Verdict.RecordError::index)
                                .toList(),
                        NOTHING);
            case Verdict.Accepted accepted -> {
                RecordBatch.setBaseOffset(batch, 0, NEXT_OFFSET);
                RecordBatch.setLeaderEpoch(batch, 0, LEADER_EPOCH);
                RecordBatch.setMaxTimestamp(
                        batch, 0, rules.timestamps().type(), accepted.maxTimestampMs());
                // Kafka appends batches whose offsets do not count up, or builds them anew.
                yield new Answer(
                        ErrorCode.NONE, List.of(), accepted.hasExactOffsets() ? batch : NOTHING);
            }
        };
    }

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private static Answer kafka(ByteBuffer batch, int version, BatchRules rules) {
        try {
            MemoryRecords records = MemoryRecords.readableRecords(batch);
            ProduceRequest.validateRecords((short) version, records);
            MutableRecordBatch first = analyze(records, rules);
            boolean hasExactOffsets = hasExactOffsets(first);
            MemoryRecords appended = validator(records, first, rules)
                    .validateMessagesAndAssignOffsets(
                            PrimitiveRef.ofLong(NEXT_OFFSET), METRICS, BufferSupplier.NO_CACHING)
                    .validatedRecords();
            return new Answer(
                    ErrorCode.NONE, List.of(), hasExactOffsets ? appended.buffer() : NOTHING);
        } catch (RecordValidationException e) {
            return new Answer(
                    code(e.invalidException()),
                    e.recordErrors().stream().map(each -> each.batchIndex).toList(),
                    NOTHING);
        } catch (RuntimeException e) {
            return new Answer(code(e), List.of(), NOTHING);
        }
    }

    private static boolean hasExactOffsets(MutableRecordBatch batch) {
        long expected = 0;
        try {
            for (var record : batch) {
                if (record.offset() != expected++) {
                    return false;
                }
            }
        } catch (RuntimeException damage) {
            return true;
        }
        return true;
    }

    /// What Kafka's log checks before it calls its validator.
    private static MutableRecordBatch analyze(MemoryRecords records, BatchRules rules) {
        Iterator<MutableRecordBatch> batches = records.batches().iterator();
        MutableRecordBatch batch = batches.next();
        if (batch.baseOffset() != 0) {
            throw new InvalidRecordException("base offset");
        }
        if (batch.sizeInBytes() > rules.maxBatchBytes()) {
            throw new RecordTooLargeException("size");
        }
        if (!batch.isValid()) {
            throw new CorruptRecordException("crc");
        }
        return batch;
    }

    private static LogValidator validator(
            MemoryRecords records, MutableRecordBatch batch, BatchRules rules) {
        FixedTime time = new FixedTime(NOW);
        var compression = org.apache.kafka.common.compress.Compression.of(batch.compressionType())
                .build();
        var type = rules.timestamps().type() == TimestampType.CREATE_TIME
                ? org.apache.kafka.common.record.TimestampType.CREATE_TIME
                : org.apache.kafka.common.record.TimestampType.LOG_APPEND_TIME;
        return new LogValidator(
                records,
                new TopicPartition("t", 0),
                time,
                batch.compressionType(),
                compression,
                rules.isCompacted(),
                (byte) 2,
                type,
                rules.timestamps().beforeMaxMs(),
                rules.timestamps().afterMaxMs(),
                LEADER_EPOCH,
                AppendOrigin.CLIENT);
    }

    private static ErrorCode code(Throwable failure) {
        return ErrorCode.forCode(Errors.forException(failure).code());
    }

    private static ByteBuffer copy(ByteBuffer from) {
        return ByteBuffer.allocate(from.remaining()).put(from.duplicate()).flip();
    }

    private static final LogValidator.MetricsRecorder METRICS = new LogValidator.MetricsRecorder() {
        @Override
        public void recordInvalidMagic() {}

        @Override
        public void recordInvalidOffset() {}

        @Override
        public void recordInvalidSequence() {}

        @Override
        public void recordInvalidChecksums() {}

        @Override
        public void recordNoKeyCompactedTopic() {}
    };
}
