package io.millrace.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MemoryRecordsBuilder;
import org.apache.kafka.common.record.internal.MutableRecordBatch;
import org.apache.kafka.common.record.internal.Record;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Batches that Kafka's client builds are read here, and those built here are read by Kafka's
/// client.
final class BatchOracleTest {
    private static final int ROUNDS = 150;
    private static final int MAX_BYTES = 16 << 20;

    @ParameterizedTest
    @EnumSource(Compression.class)
    void readsWhatKafkaWrites(Compression compression) {
        SplittableRandom random = new SplittableRandom(compression.id());
        try (BatchReader reader = new BatchReader(MAX_BYTES)) {
            for (int round = 0; round < ROUNDS; round++) {
                RandomBatch expected = RandomBatch.of(random);
                boolean isDirect = random.nextBoolean();
                ByteBuffer written = kafkaBatch(expected, compression, random.nextBoolean());
                ByteBuffer buffer = isDirect ? direct(written) : written;
                reader.begin(buffer);
                assertTrue(reader.nextBatch());
                reader.checkCrc();
                assertHeader(expected, compression, reader.buffer(), reader.batchAt());
                for (RandomBatch.Entry entry : expected.entries()) {
                    assertTrue(reader.nextRecord());
                    assertRecord(entry, reader.record());
                }
                assertFalse(reader.nextRecord());
                assertFalse(reader.nextBatch());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void writesWhatKafkaReads(Compression compression) {
        SplittableRandom random = new SplittableRandom(compression.id() + 100);
        BatchBuilder builder = new BatchBuilder();
        try (Codecs codecs = new Codecs()) {
            for (int round = 0; round < ROUNDS; round++) {
                RandomBatch expected = RandomBatch.of(random);
                boolean asArrays = random.nextBoolean();
                builder.begin(expected.baseOffset());
                builder.leaderEpoch(expected.leaderEpoch());
                builder.producer(
                        expected.producerId(),
                        expected.producerEpoch(),
                        expected.producerId() < 0 ? -1 : 7);
                for (RandomBatch.Entry entry : expected.entries()) {
                    append(builder, entry, asArrays);
                }
                int plainSize = builder.sizeInBytes();
                ByteBuffer batch = builder.finish(codecs, compression, compression.defaultLevel());
                assertHeader(expected, compression, batch, 0);
                assertKafkaReads(expected, compression, batch);
                if (compression == Compression.NONE) {
                    assertEquals(plainSize, batch.remaining());
                    assertEquals(kafkaBatch(expected, compression, false), batch);
                }
            }
        }
    }

    private static void append(BatchBuilder builder, RandomBatch.Entry entry, boolean asArrays) {
        if (asArrays) {
            builder.appendArrays(
                    entry.offset(),
                    entry.timestampMs(),
                    entry.key(),
                    entry.value(),
                    entry.headers());
        } else {
            builder.append(
                    entry.offset(),
                    entry.timestampMs(),
                    wrap(entry.key()),
                    wrap(entry.value()),
                    entry.headers());
        }
    }

    private static void assertKafkaReads(
            RandomBatch expected, Compression compression, ByteBuffer bytes) {
        Iterator<MutableRecordBatch> batches =
                MemoryRecords.readableRecords(bytes.duplicate()).batches().iterator();
        MutableRecordBatch batch = batches.next();
        assertFalse(batches.hasNext());
        batch.ensureValid();
        assertEquals(compression.label(), batch.compressionType().name);
        assertEquals(expected.baseOffset(), batch.baseOffset());
        assertEquals(expected.entries().getLast().offset(), batch.lastOffset());
        assertEquals(expected.producerId(), batch.producerId());
        assertEquals(expected.leaderEpoch(), batch.partitionLeaderEpoch());
        assertEquals(RecordBatch.maxTimestamp(bytes, 0), batch.maxTimestamp());
        Iterator<Record> records = batch.iterator();
        for (RandomBatch.Entry entry : expected.entries()) {
            Record record = records.next();
            assertEquals(entry.offset(), record.offset());
            assertEquals(entry.timestampMs(), record.timestamp());
            assertEquals(wrap(entry.key()), record.key());
            assertEquals(wrap(entry.value()), record.value());
            assertHeaders(
                    entry.headers(),
                    Arrays.stream(record.headers())
                            .map(each -> (io.millrace.record.RecordHeader)
                                    new LogRecord.Header(each.key(), each.value()))
                            .toList());
        }
        assertFalse(records.hasNext());
    }

    private static void assertHeader(
            RandomBatch expected, Compression compression, ByteBuffer buffer, int at) {
        assertEquals(expected.baseOffset(), RecordBatch.baseOffset(buffer, at));
        assertEquals(expected.leaderEpoch(), RecordBatch.leaderEpoch(buffer, at));
        assertEquals(2, RecordBatch.magic(buffer, at));
        assertTrue(RecordBatch.hasValidCrc(buffer, at));
        assertEquals(compression.id(), RecordBatch.compressionId(buffer, at));
        assertEquals(TimestampType.CREATE_TIME, RecordBatch.timestampType(buffer, at));
        assertEquals(expected.entries().size() - 1, RecordBatch.lastOffsetDelta(buffer, at));
        assertEquals(expected.entries().getLast().offset() + 1, RecordBatch.nextOffset(buffer, at));
        assertEquals(
                expected.entries().getFirst().timestampMs(), RecordBatch.baseTimestamp(buffer, at));
        long max = expected.entries().stream()
                .mapToLong(RandomBatch.Entry::timestampMs)
                .max()
                .orElseThrow();
        assertEquals(max, RecordBatch.maxTimestamp(buffer, at));
        assertEquals(expected.producerId(), RecordBatch.producerId(buffer, at));
        assertEquals(expected.producerId() >= 0, RecordBatch.hasProducer(buffer, at));
        assertEquals(expected.producerEpoch(), RecordBatch.producerEpoch(buffer, at));
        assertEquals(expected.producerId() < 0 ? -1 : 7, RecordBatch.baseSequence(buffer, at));
        assertEquals(expected.entries().size(), RecordBatch.count(buffer, at));
    }

    private static void assertRecord(RandomBatch.Entry expected, LogRecord actual) {
        assertEquals(expected.offset(), actual.offset());
        assertEquals(expected.timestampMs(), actual.timestampMs());
        assertEquals(wrap(expected.key()), actual.key());
        assertEquals(wrap(expected.value()), actual.value());
        assertHeaders(expected.headers(), actual.headers());
    }

    private static void assertHeaders(
            List<io.millrace.record.RecordHeader> expected,
            List<io.millrace.record.RecordHeader> actual) {
        assertEquals(expected.size(), actual.size());
        for (int i = 0; i < expected.size(); i++) {
            assertEquals(expected.get(i).key(), actual.get(i).key());
            assertArrayEquals(expected.get(i).value(), actual.get(i).value());
        }
    }

    static ByteBuffer kafkaBatch(RandomBatch content, Compression compression, boolean withMargin) {
        ByteBuffer target = ByteBuffer.allocate(512);
        target.position(withMargin ? 13 : 0);
        MemoryRecordsBuilder builder = MemoryRecords.builder(
                target,
                (byte) 2,
                kafka(compression),
                org.apache.kafka.common.record.TimestampType.CREATE_TIME,
                content.baseOffset(),
                -1L,
                content.producerId(),
                content.producerEpoch(),
                content.producerId() < 0 ? -1 : 7,
                false,
                content.leaderEpoch());
        for (RandomBatch.Entry entry : content.entries()) {
            Header[] headers = entry.headers().stream()
                    .map(each -> new RecordHeader(each.key(), each.value()))
                    .toArray(Header[]::new);
            builder.appendWithOffset(
                    entry.offset(), entry.timestampMs(), entry.key(), entry.value(), headers);
        }
        return builder.build().buffer();
    }

    static org.apache.kafka.common.compress.Compression kafka(Compression compression) {
        return org.apache.kafka.common.compress.Compression.of(
                        CompressionType.forId(compression.id()))
                .build();
    }

    static ByteBuffer direct(ByteBuffer from) {
        return ByteBuffer.allocateDirect(from.remaining()).put(from.duplicate()).flip();
    }

    static @Nullable ByteBuffer wrap(byte @Nullable [] bytes) {
        return bytes == null ? null : ByteBuffer.wrap(bytes);
    }
}
