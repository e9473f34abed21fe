package io.millrace.platform.dump;

import io.millrace.protocol.MalformedFrame;
import io.millrace.record.BatchReader;
import io.millrace.record.Compression;
import io.millrace.record.RecordBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/// Shows the batches of a segment, or of a snapshot of the metadata, and their records. One batch
/// is in memory at a time; a damaged one is shown as such and the next one follows.
final class SegmentDump {
    private static final int MAX_UNCOMPRESSED = 256 * 1024 * 1024;
    private static final int HEAD = 17; // up to the format's number

    private final Path file;
    private final Row.Sink out;
    private final boolean withRecords;
    private final RecordText text;
    private int damaged;

    SegmentDump(Path file, boolean withRecords, Row.Sink out) {
        this.file = file;
        this.withRecords = withRecords;
        this.out = out;
        this.text = RecordText.of(file);
    }

    void run() throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                BatchReader reader = new BatchReader(MAX_UNCOMPRESSED)) {
            long end = channel.size();
            long position = 0;
            while (position < end) {
                int size = sizeAt(channel, position, end);
                if (size <= 0) {
                    throw new DamagedFile(file + ": no whole batch begins at position " + position
                            + ", " + (end - position) + " bytes before the end"
                            + (damaged == 0 ? "" : "; and " + damaged + " damaged before"));
                }
                ByteBuffer batch = read(channel, position, size);
                batch(batch, position, reader);
                position += size;
            }
        }
        if (damaged > 0) {
            throw new DamagedFile(file + ": " + damaged + " damaged batches");
        }
    }

    private static int sizeAt(FileChannel channel, long position, long end) throws IOException {
        if (end - position < HEAD) {
            return RecordBatch.INCOMPLETE;
        }
        ByteBuffer head = read(channel, position, HEAD);
        return RecordBatch.sizeAt(head, 0, (int) Math.min(Integer.MAX_VALUE, end - position));
    }

    private static ByteBuffer read(FileChannel channel, long position, int size)
            throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(size);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, position + bytes.position()) < 0) {
                throw new IOException("it became shorter meanwhile");
            }
        }
        return bytes.flip();
    }

    private void batch(ByteBuffer batch, long position, BatchReader reader) {
        if (RecordBatch.magic(batch, 0) != RecordBatch.MAGIC) {
            damaged++;
            out.row(Row.of()
                    .with("baseOffset", RecordBatch.baseOffset(batch, 0))
                    .with("position", position)
                    .with("size", batch.limit())
                    .with("magic", RecordBatch.magic(batch, 0))
                    .with("isValid", false));
            return;
        }
        boolean isValid = RecordBatch.hasValidCrc(batch, 0);
        out.row(row(batch, position).with("isValid", isValid));
        if (!isValid) {
            damaged++;
        } else if (withRecords) {
            records(batch, reader);
        }
    }

    private static Row row(ByteBuffer batch, long position) {
        return Row.of()
                .with("baseOffset", RecordBatch.baseOffset(batch, 0))
                .with("lastOffset", RecordBatch.lastOffset(batch, 0))
                .with("count", RecordBatch.count(batch, 0))
                .with("baseSequence", RecordBatch.baseSequence(batch, 0))
                .with("lastSequence", RecordBatch.lastSequence(batch, 0))
                .with("producerId", RecordBatch.producerId(batch, 0))
                .with("producerEpoch", RecordBatch.producerEpoch(batch, 0))
                .with("partitionLeaderEpoch", RecordBatch.leaderEpoch(batch, 0))
                .with("isTransactional", RecordBatch.isTransactional(batch, 0))
                .with("isControl", RecordBatch.isControl(batch, 0))
                .with("position", position)
                .with("timestampType", RecordBatch.timestampType(batch, 0).toString())
                .with("maxTimestamp", RecordBatch.maxTimestamp(batch, 0))
                .with("size", batch.limit())
                .with("magic", RecordBatch.magic(batch, 0))
                .with("compression", compression(batch))
                .with("crc", Integer.toUnsignedLong(RecordBatch.crc(batch, 0)));
    }

    private static String compression(ByteBuffer batch) {
        int id = RecordBatch.compressionId(batch, 0);
        return Compression.of(id)
                .map(it -> it.name().toLowerCase(Locale.ROOT))
                .orElse("unknown (" + id + ")");
    }

    private void records(ByteBuffer batch, BatchReader reader) {
        boolean isControl = RecordBatch.isControl(batch, 0);
        try {
            reader.begin(batch);
            reader.nextBatch();
            while (reader.nextRecord()) {
                Row row = Row.of()
                        .with("offset", reader.offset())
                        .with("timestamp", reader.timestampMs())
                        .with("sequence", reader.sequence())
                        .with("keySize", reader.keySize())
                        .with("valueSize", reader.valueSize());
                text.describe(isControl, reader, row);
                out.row(row);
            }
        } catch (MalformedFrame unreadable) {
            damaged++;
            out.row(Row.of().with("unreadable", String.valueOf(unreadable.getMessage())));
        }
    }
}
