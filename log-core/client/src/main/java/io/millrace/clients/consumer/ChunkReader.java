package io.millrace.clients.consumer;

import io.millrace.common.IsolationLevel;
import io.millrace.common.TopicPartition;
import io.millrace.common.errors.CorruptRecordException;
import io.millrace.common.errors.RecordDeserializationException;
import io.millrace.common.errors.RecordDeserializationException.DeserializationExceptionOrigin;
import io.millrace.common.header.Headers;
import io.millrace.common.header.internals.RecordHeader;
import io.millrace.common.header.internals.RecordHeaders;
import io.millrace.common.record.TimestampType;
import io.millrace.common.serialization.Deserializer;
import io.millrace.protocol.FetchResponse.AbortedTransaction;
import io.millrace.protocol.MalformedFrame;
import io.millrace.record.BatchReader;
import io.millrace.record.ControlMarker;
import io.millrace.record.RecordBatch;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Walks over a chunk's records from a position on. Control records are left out, and with
/// `read_committed` those of aborted transactions as well: the server says which producers'
/// transactions were aborted and where each began, and the markers in the log say where they end.
///
/// Owner thread: the one that polls.
final class ChunkReader<K, V> {
    private final Parts<K, V> parts;
    private final Chunk chunk;
    private final BatchReader reader;
    private final Queue<AbortedTransaction> aborted;
    private final Set<Long> abortedProducers = new HashSet<>();
    private long position;
    private boolean isInBatch;
    private Optional<Integer> leaderEpoch = Optional.empty();

    /// What all chunks of a consumer are read with.
    record Parts<K, V>(
            Deserializer<K> key,
            Deserializer<V> value,
            IsolationLevel isolation,
            boolean checkCrcs) {}

    ChunkReader(Parts<K, V> parts, Chunk chunk, BatchReader reader, long position) {
        this.parts = parts;
        this.chunk = chunk;
        this.reader = reader;
        this.position = position;
        this.aborted = new ArrayDeque<>(chunk.aborted().stream()
                .sorted(Comparator.comparingLong(AbortedTransaction::firstOffset))
                .toList());
        reader.begin(chunk.batches());
    }

    Chunk chunk() {
        return chunk;
    }

    /// The offset to go on from.
    long position() {
        return position;
    }

    Optional<Integer> leaderEpoch() {
        return leaderEpoch;
    }

    /// The next record, or null at the end of the chunk.
    @Nullable
    ConsumerRecord<K, V> next() {
        try {
            while (true) {
                if (!isInBatch && !enterBatch()) {
                    position = Math.max(position, chunk.nextOffset());
                    return null;
                }
                while (reader.nextRecord()) {
                    if (reader.offset() >= position) {
                        ConsumerRecord<K, V> record = record();
                        position = reader.offset() + 1;
                        return record;
                    }
                }
                position = Math.max(
                        position, RecordBatch.nextOffset(reader.buffer(), reader.batchAt()));
                isInBatch = false;
            }
        } catch (MalformedFrame e) {
            throw new CorruptRecordException(
                    chunk.partition() + " at offset " + position + " is damaged: " + e.getMessage(),
                    e);
        }
    }

    /// Goes to the next batch with records for the program.
    private boolean enterBatch() {
        while (reader.nextBatch()) {
            ByteBuffer buffer = reader.buffer();
            int at = reader.batchAt();
            if (RecordBatch.lastOffset(buffer, at) < position) {
                continue;
            }
            if (parts.checkCrcs()) {
                reader.checkCrc();
            }
            int epoch = RecordBatch.leaderEpoch(buffer, at);
            leaderEpoch = epoch < 0 ? Optional.empty() : Optional.of(epoch);
            if (isForProgram(buffer, at)) {
                isInBatch = true;
                return true;
            }
            position = Math.max(position, RecordBatch.nextOffset(buffer, at));
        }
        return false;
    }

    private boolean isForProgram(ByteBuffer buffer, int at) {
        boolean isControl = RecordBatch.isControl(buffer, at);
        if (parts.isolation() == IsolationLevel.READ_UNCOMMITTED
                || !RecordBatch.hasProducer(buffer, at)) {
            return !isControl;
        }
        long lastOffset = RecordBatch.lastOffset(buffer, at);
        for (AbortedTransaction first = aborted.peek();
                first != null && first.firstOffset() <= lastOffset;
                first = aborted.peek()) {
            abortedProducers.add(first.producerId());
            aborted.remove();
        }
        long producer = RecordBatch.producerId(buffer, at);
        if (isControl) {
            if (isAbort()) {
                abortedProducers.remove(producer);
            }
            return false;
        }
        return !(RecordBatch.isTransactional(buffer, at) && abortedProducers.contains(producer));
    }

    private boolean isAbort() {
        return reader.nextRecord()
                && ControlMarker.read(reader.key(), reader.value())
                        instanceof ControlMarker.EndTransaction(boolean isCommit, int epoch)
                && !isCommit;
    }

    private ConsumerRecord<K, V> record() {
        TopicPartition from = chunk.partition();
        Headers headers = headers();
        ByteBuffer key = reader.key();
        ByteBuffer value = reader.value();
        boolean isAppendTime = RecordBatch.timestampType(reader.buffer(), reader.batchAt())
                == io.millrace.record.TimestampType.LOG_APPEND_TIME;
        return new ConsumerRecord<>(
                from.topic(),
                from.partition(),
                reader.offset(),
                reader.timestampMs(),
                isAppendTime ? TimestampType.LOG_APPEND_TIME : TimestampType.CREATE_TIME,
                key == null ? ConsumerRecord.NULL_SIZE : key.remaining(),
                value == null ? ConsumerRecord.NULL_SIZE : value.remaining(),
                read(parts.key(), headers, key, DeserializationExceptionOrigin.KEY),
                read(parts.value(), headers, value, DeserializationExceptionOrigin.VALUE),
                headers,
                leaderEpoch);
    }

    private Headers headers() {
        RecordHeaders headers = new RecordHeaders();
        if (reader.headerCount() > 0) {
            for (io.millrace.record.RecordHeader each : reader.headers()) {
                headers.add(new RecordHeader(each.key(), each.value()));
            }
        }
        return headers;
    }

    private <T> @Nullable T read(
            Deserializer<T> with,
            Headers headers,
            @Nullable ByteBuffer bytes,
            DeserializationExceptionOrigin origin) {
        try {
            return with.deserialize(chunk.partition().topic(), headers, bytes);
        } catch (RuntimeException e) {
            throw new RecordDeserializationException(origin, chunk.partition(), reader.offset(), e);
        }
    }
}
