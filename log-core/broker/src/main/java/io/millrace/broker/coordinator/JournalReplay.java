package io.millrace.broker.coordinator;

import io.millrace.host.Journal;
import io.millrace.host.JournalRecord;
import io.millrace.record.BatchReader;
import io.millrace.record.ControlMarker;
import io.millrace.record.RecordBatch;
import io.millrace.record.RecordHeader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Hands the records of a log to a machine. Those of a transaction are held back until it ends:
/// then they come, or never.
final class JournalReplay implements AutoCloseable {
    /// More than any batch of a coordinator unpacks to.
    private static final int MAX_UNCOMPRESSED_BYTES = 256 << 20;

    private record Held(long offset, JournalRecord record) {}

    private final Journal.Replay replay;
    private final BatchReader reader = new BatchReader(MAX_UNCOMPRESSED_BYTES);
    private final Map<Long, List<Held>> open = new TreeMap<>();

    JournalReplay(Journal.Replay replay) {
        this.replay = replay;
    }

    void read(ByteBuffer batches) {
        reader.begin(batches);
        while (reader.nextBatch()) {
            ByteBuffer buffer = reader.buffer();
            int at = reader.batchAt();
            long producer = RecordBatch.producerId(buffer, at);
            if (RecordBatch.isControl(buffer, at)) {
                ended(producer);
            } else if (RecordBatch.isTransactional(buffer, at)) {
                List<Held> held = open.computeIfAbsent(producer, _ -> new ArrayList<>());
                while (reader.nextRecord()) {
                    held.add(new Held(reader.offset(), record()));
                }
            } else {
                while (reader.nextRecord()) {
                    replay.record(reader.offset(), record());
                }
            }
        }
    }

    private void ended(long producer) {
        while (reader.nextRecord()) {
            ControlMarker marker = ControlMarker.read(reader.key(), reader.value());
            if (marker instanceof ControlMarker.EndTransaction end) {
                List<Held> held = open.remove(producer);
                if (held != null && end.isCommit()) {
                    held.forEach(one -> replay.record(one.offset(), one.record()));
                }
            }
        }
    }

    /// A copy: the buffer is lent.
    private JournalRecord record() {
        List<JournalRecord.Header> headers = new ArrayList<>(reader.headerCount());
        for (RecordHeader header : reader.headers()) {
            byte[] value = header.value();
            headers.add(new JournalRecord.Header(
                    header.key(), value == null ? null : ByteBuffer.wrap(value)));
        }
        return new JournalRecord(
                copy(reader.key()), copy(reader.value()), headers, reader.timestampMs());
    }

    private static @Nullable ByteBuffer copy(@Nullable ByteBuffer bytes) {
        return bytes == null
                ? null
                : ByteBuffer.allocate(bytes.remaining()).put(bytes.duplicate()).flip();
    }

    @Override
    public void close() {
        reader.close();
    }
}
