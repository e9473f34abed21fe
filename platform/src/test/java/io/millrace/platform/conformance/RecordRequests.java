package io.millrace.platform.conformance;

import io.millrace.protocol.DeleteRecordsRequest;
import io.millrace.protocol.DeleteRecordsRequest.DeleteRecordsPartition;
import io.millrace.protocol.DeleteRecordsRequest.DeleteRecordsTopic;
import io.millrace.protocol.FetchRequest;
import io.millrace.protocol.FetchRequest.FetchPartition;
import io.millrace.protocol.FetchRequest.FetchTopic;
import io.millrace.protocol.InitProducerIdRequest;
import io.millrace.protocol.ListOffsetsRequest;
import io.millrace.protocol.ListOffsetsRequest.ListOffsetsPartition;
import io.millrace.protocol.ListOffsetsRequest.ListOffsetsTopic;
import io.millrace.protocol.OffsetForLeaderEpochRequest;
import io.millrace.protocol.OffsetForLeaderEpochRequest.OffsetForLeaderPartition;
import io.millrace.protocol.OffsetForLeaderEpochRequest.OffsetForLeaderTopic;
import io.millrace.protocol.ProduceRequest;
import io.millrace.protocol.ProduceRequest.PartitionProduceData;
import io.millrace.protocol.ProduceRequest.TopicProduceData;
import io.millrace.protocol.Records;
import io.millrace.protocol.Uuid;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.common.utils.Crc32C;
import org.jspecify.annotations.Nullable;

/// What is wrong with requests that carry or ask for records.
final class RecordRequests {
    private static final Uuid ABSENT = new Uuid(123, 456);
    private static final long THEN = 1_600_000_000_000L;

    private RecordRequests() {}

    static void addAll(RequestCases cases, RequestCases.Names names) {
        produce(cases, names);
        batches(cases);
        sequences(cases);
        fetch(cases, names);
        sessions(cases, names);
        listOffsets(cases);
        epochs(cases);
        deleteRecords(cases);
        producerIds(cases);
    }

    private static void produce(RequestCases cases, RequestCases.Names names) {
        cases.add("produce", 12, produce("one", 0, batch()));
        cases.add("produce by id", 13, produceById(names.topicId(), 0));
        cases.add("produce by unknown id", 13, produceById(ABSENT, 0));
        cases.add("produce by zero id", 13, produceById(Uuid.ZERO, 0));
        cases.add("produce with acks 2", 9, produce("one", 0, batch()).withAcks((short) 2));
        cases.add("produce with acks -2", 9, produce("one", 0, batch()).withAcks((short) -2));
        cases.add(
                "produce with acks 2 to an unknown topic",
                9,
                produce("absent", 0, batch()).withAcks((short) 2));
        cases.add("produce to an unknown topic", 9, produce("absent", 0, batch()));
        cases.add("produce to a bad name", 9, produce("a b", 0, batch()));
        cases.add("produce to no name", 9, produce("", 0, batch()));
        cases.add("produce to an unknown partition", 9, produce("one", 7, batch()));
        cases.add("produce to a negative partition", 9, produce("one", -1, batch()));
        cases.add("produce to the offsets topic", 9, produce("__consumer_offsets", 0, batch()));
        cases.add("produce nothing", 9, produce("one", 0, ByteBuffer.allocate(0)));
        cases.add("produce null", 9, produce("one", 0, null));
        cases.add(
                "produce to a transaction nobody opened",
                9,
                produce("one", 0, batch()).withTransactionalId("transaction"));
        cases.add("produce null to an unknown topic", 9, produce("absent", 0, null));
    }

    private static void batches(RequestCases cases) {
        cases.add("a batch with a wrong checksum", 9, produce("one", 0, damaged(17, 1)));
        cases.add("a batch of magic 1", 9, produce("one", 0, damaged(16, 1)));
        cases.add("a batch of magic 0", 9, produce("one", 0, damaged(16, 0)));
        cases.add("a batch of magic 3", 9, produce("one", 0, damaged(16, 3)));
        cases.add("a batch that is cut off", 9, produce("one", 0, cut(batch(), 3)));
        cases.add("half a batch header", 9, produce("one", 0, cut(batch(), 60)));
        cases.add("a batch whose length is 0", 9, produce("one", 0, batch().putInt(8, 0)));
        cases.add("a batch whose length is negative", 9, produce("one", 0, batch().putInt(8, -9)));
        cases.add("two batches at once", 9, produce("one", 0, twice(batch())));
        cases.add(
                "a batch that says 3 records", 9, produce("one", 0, sealed(batch().putInt(57, 3))));
        cases.add(
                "a batch that says 1 record", 9, produce("one", 0, sealed(batch().putInt(57, 1))));
        cases.add("a batch of no records", 9, produce("one", 0, sealed(batch().putInt(57, 0))));
        cases.add("a batch of -1 records", 9, produce("one", 0, sealed(batch().putInt(57, -1))));
        cases.add(
                "a last offset that is too high",
                9,
                produce("one", 0, sealed(batch().putInt(23, 5))));
        cases.add("a base offset of 7", 9, produce("one", 0, batch().putLong(0, 7)));
        cases.add("compression 5", 9, produce("one", 0, attributes(5)));
        cases.add("compression that is not there", 9, produce("one", 0, attributes(2)));
        cases.add("a control batch", 9, produce("one", 0, attributes(0x20)));
        cases.add("a transactional batch without producer", 9, produce("one", 0, attributes(0x10)));
        cases.add("a batch with append time", 9, produce("one", 0, attributes(0x08)));
        cases.add("zstd with version 6", 6, produce("one", 0, compressed()));
        cases.add("zstd with version 7", 7, produce("one", 0, compressed()));
        cases.add(
                "a record without key where keys are needed", 9, produce("compacted", 0, batch()));
        cases.add("a batch larger than allowed", 9, produce("tiny", 0, large()));
        cases.add("damage and an unknown partition", 9, produce("one", 9, damaged(17, 1)));
        cases.add("damage and size", 9, produce("tiny", 0, flip(large(), 17, 1)));
    }

    private static void sequences(RequestCases cases) {
        cases.add(
                "a producer nobody knows, sequence 5", 9, produce("one", 0, idempotent(99, 0, 5)));
        cases.add("sequence 7 after 5", 9, produce("one", 0, idempotent(99, 0, 7)));
        cases.add("sequence 7 again", 9, produce("one", 0, idempotent(99, 0, 7)));
        cases.add("sequence 9 after 7", 9, produce("one", 0, idempotent(99, 0, 9)));
        cases.add("sequence 5, a duplicate", 9, produce("one", 0, idempotent(99, 0, 5)));
        cases.add("sequence 20, a gap", 9, produce("one", 0, idempotent(99, 0, 20)));
        cases.add("sequence 10, an overlap", 9, produce("one", 0, idempotent(99, 0, 10)));
        cases.add("a new epoch with sequence 3", 9, produce("one", 0, idempotent(99, 1, 3)));
        cases.add("a new epoch with sequence 0", 9, produce("one", 0, idempotent(99, 1, 0)));
        cases.add("an old epoch", 9, produce("one", 0, idempotent(99, 0, 11)));
        cases.add("an old epoch and a gap", 9, produce("one", 0, idempotent(99, 0, 50)));
        cases.add("sequence 0 again", 9, produce("one", 0, idempotent(99, 1, 0)));
    }

    private static void fetch(RequestCases cases, RequestCases.Names names) {
        FetchPartition zero = FetchPartition.DEFAULT.withPartitionMaxBytes(1000);
        cases.add("fetch", 12, fetch("one", zero));
        cases.add("fetch by id", 17, fetchById(names.topicId(), zero));
        cases.add("fetch by unknown id", 17, fetchById(ABSENT, zero));
        cases.add("fetch by zero id", 17, fetchById(Uuid.ZERO, zero));
        cases.add("fetch from an unknown topic", 12, fetch("absent", zero));
        cases.add("fetch from an unknown partition", 12, fetch("one", zero.withPartition(9)));
        cases.add("fetch from a negative partition", 12, fetch("one", zero.withPartition(-1)));
        cases.add("fetch beyond the end", 12, fetch("one", zero.withFetchOffset(10_000)));
        cases.add("fetch a negative offset", 12, fetch("one", zero.withFetchOffset(-1)));
        cases.add("fetch with epoch 77", 12, fetch("one", zero.withCurrentLeaderEpoch(77)));
        cases.add(
                "fetch with epoch 77 beyond the end",
                12,
                fetch("one", zero.withCurrentLeaderEpoch(77).withFetchOffset(10_000)));
        cases.add("fetch with last epoch 50", 12, fetch("one", zero.withLastFetchedEpoch(50)));
        cases.add("fetch no bytes", 12, fetch("one", zero.withPartitionMaxBytes(0)));
        cases.add("fetch of isolation 1", 12, fetch("one", zero).withIsolationLevel((byte) 1));
        cases.add("fetch of isolation 9", 12, fetch("one", zero).withIsolationLevel((byte) 9));
        cases.add("fetch nothing", 12, FetchRequest.DEFAULT);
    }

    private static void sessions(RequestCases cases, RequestCases.Names names) {
        FetchPartition zero = FetchPartition.DEFAULT.withPartitionMaxBytes(1000);
        FetchRequest fetch = fetch("one", zero);
        cases.add("an unknown session", 12, fetch.withSessionId(77).withSessionEpoch(3));
        cases.add("session 0 with epoch 3", 12, fetch.withSessionId(0).withSessionEpoch(3));
        cases.add("close an unknown session", 12, fetch.withSessionId(77).withSessionEpoch(-1));
        cases.add("start over an unknown session", 4, fetch);
        cases.add(
                "fetch an absent topic and one",
                12,
                fetch.withTopics(List.of(
                        new FetchTopic("absent", Uuid.ZERO, List.of(zero)),
                        new FetchTopic("one", names.topicId(), List.of(zero)))));
    }

    private static void listOffsets(RequestCases cases) {
        for (long timestamp :
                new long[] {-1, -2, -3, -4, -5, -6, -7, 0, THEN, THEN + 1, 1L << 60}) {
            cases.add("offset for time " + timestamp, 11, listOffsets("one", 0, -1, timestamp));
        }
        cases.add("offset for -3, version 6", 6, listOffsets("one", 0, -1, -3));
        cases.add("offset for -4, version 7", 7, listOffsets("one", 0, -1, -4));
        cases.add("offset for -5, version 8", 8, listOffsets("one", 0, -1, -5));
        cases.add("offset of an unknown topic", 7, listOffsets("absent", 0, -1, -1));
        cases.add("offset of an unknown partition", 7, listOffsets("one", 8, -1, -1));
        cases.add("offset of a negative partition", 7, listOffsets("one", -8, -1, -1));
        cases.add("offset with epoch 9", 7, listOffsets("one", 0, 9, -1));
        cases.add("offset of an unknown partition with epoch 9", 7, listOffsets("one", 8, 9, -1));
        ListOffsetsRequest once = listOffsets("one", 0, -1, -1);
        cases.add(
                "offset of the same partition twice",
                7,
                once.withTopics(List.of(once.topics().getFirst(), once.topics().getFirst())));
        cases.add("offset for a replica", 7, once.withReplicaId(5));
        cases.add("offset of isolation 1", 7, once.withIsolationLevel((byte) 1));
        cases.add("offset in an empty topic", 7, listOffsets("empty", 0, -1, THEN));
        cases.add("offset -3 in an empty topic", 7, listOffsets("empty", 0, -1, -3));
    }

    private static void epochs(RequestCases cases) {
        cases.add("end of epoch 0", 4, epoch("one", 0, -1, 0));
        cases.add("end of epoch 5", 4, epoch("one", 0, -1, 5));
        cases.add("end of epoch -1", 4, epoch("one", 0, -1, -1));
        cases.add("end of epoch 0 for a leader at 5", 4, epoch("one", 0, 5, 0));
        cases.add("end of epoch 0 of an unknown topic", 4, epoch("absent", 0, -1, 0));
        cases.add("end of epoch 0 of an unknown partition", 4, epoch("one", 5, -1, 0));
        cases.add("end of epoch 0 of an empty topic", 4, epoch("empty", 0, -1, 0));
    }

    private static void deleteRecords(RequestCases cases) {
        cases.add("delete records beyond the end", 2, deleteRecords("one", 0, 100_000));
        cases.add("delete records before -2", 2, deleteRecords("one", 0, -2));
        cases.add("delete records of an unknown topic", 2, deleteRecords("absent", 0, 0));
        cases.add("delete records of an unknown partition", 2, deleteRecords("one", 9, 0));
        cases.add("delete records of a compacted topic", 2, deleteRecords("compacted", 0, 0));
        cases.add("delete records before 0", 2, deleteRecords("one", 0, 0));
        cases.add("delete all records of an empty topic", 2, deleteRecords("empty", 0, -1));
    }

    private static void producerIds(RequestCases cases) {
        InitProducerIdRequest none =
                new InitProducerIdRequest(null, 60_000, -1, (short) -1, false, false);
        cases.add("a producer id", 4, none);
        cases.add("a producer id for no transaction", 4, none.withTransactionalId(""));
        cases.add("a producer id with an id", 4, none.withProducerId(5));
        cases.add(
                "a producer id with id and epoch",
                4,
                none.withProducerId(5).withProducerEpoch((short) 1));
        cases.add("a producer id with timeout 0", 4, none.withTransactionTimeoutMs(0));
    }

    private static ProduceRequest produce(
            String topic, int partition, @Nullable ByteBuffer records) {
        return new ProduceRequest(
                null,
                (short) -1,
                5000,
                List.of(new TopicProduceData(
                        topic,
                        Uuid.ZERO,
                        List.of(new PartitionProduceData(
                                partition, records == null ? null : Records.of(records))))));
    }

    private static ProduceRequest produceById(Uuid id, int partition) {
        return new ProduceRequest(
                null,
                (short) -1,
                5000,
                List.of(new TopicProduceData(
                        "",
                        id,
                        List.of(new PartitionProduceData(partition, Records.of(batch()))))));
    }

    private static FetchRequest fetch(String topic, FetchPartition partition) {
        return FetchRequest.DEFAULT.withTopics(
                List.of(new FetchTopic(topic, Uuid.ZERO, List.of(partition))));
    }

    private static FetchRequest fetchById(Uuid id, FetchPartition partition) {
        return FetchRequest.DEFAULT.withTopics(List.of(new FetchTopic("", id, List.of(partition))));
    }

    private static ListOffsetsRequest listOffsets(
            String topic, int partition, int epoch, long time) {
        return new ListOffsetsRequest(
                -1,
                (byte) 0,
                List.of(new ListOffsetsTopic(
                        topic, List.of(new ListOffsetsPartition(partition, epoch, time)))),
                1000);
    }

    private static OffsetForLeaderEpochRequest epoch(
            String topic, int partition, int current, int epoch) {
        return new OffsetForLeaderEpochRequest(
                -1,
                List.of(new OffsetForLeaderTopic(
                        topic, List.of(new OffsetForLeaderPartition(partition, current, epoch)))));
    }

    private static DeleteRecordsRequest deleteRecords(String topic, int partition, long offset) {
        return new DeleteRecordsRequest(
                List.of(new DeleteRecordsTopic(
                        topic, List.of(new DeleteRecordsPartition(partition, offset)))),
                2000);
    }

    private static SimpleRecord[] records() {
        return new SimpleRecord[] {record("a"), record("b")};
    }

    private static SimpleRecord record(String value) {
        return new SimpleRecord(THEN, null, value.getBytes(StandardCharsets.UTF_8));
    }

    static ByteBuffer batch() {
        return MemoryRecords.withRecords(Compression.NONE, records()).buffer();
    }

    private static ByteBuffer idempotent(long producer, int epoch, int sequence) {
        return MemoryRecords.withIdempotentRecords(
                        Compression.NONE, producer, (short) epoch, sequence, records())
                .buffer();
    }

    private static ByteBuffer compressed() {
        return MemoryRecords.withRecords(Compression.zstd().build(), records()).buffer();
    }

    private static ByteBuffer large() {
        return MemoryRecords.withRecords(Compression.NONE, record("x".repeat(2000)))
                .buffer();
    }

    /// A batch with one byte set to another value.
    private static ByteBuffer damaged(int at, int value) {
        return flip(batch(), at, value);
    }

    private static ByteBuffer flip(ByteBuffer batch, int at, int value) {
        return batch.put(at, (byte) value);
    }

    private static ByteBuffer attributes(int attributes) {
        return sealed(batch().putShort(21, (short) attributes));
    }

    private static ByteBuffer cut(ByteBuffer batch, int bytes) {
        return batch.limit(batch.limit() - bytes);
    }

    private static ByteBuffer twice(ByteBuffer batch) {
        return ByteBuffer.allocate(batch.remaining() * 2)
                .put(batch.duplicate())
                .put(batch.duplicate())
                .flip();
    }

    /// A batch whose checksum is right again.
    private static ByteBuffer sealed(ByteBuffer batch) {
        return batch.putInt(17, (int) Crc32C.compute(batch, 21, batch.limit() - 21));
    }
}
