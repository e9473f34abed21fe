package io.millrace.platform.dump;

import io.millrace.record.RecordBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Shows the three kinds of index, and checks that entries rise and that those of the offset index
/// point at batches of the segment beside it.
final class IndexDump {
    private static final int OFFSET_ENTRY = 8;
    private static final int TIME_ENTRY = 12;
    private static final int TRANSACTION_ENTRY = 34;

    private final Path file;
    private final Row.Sink out;
    private String trouble = "";

    IndexDump(Path file, Row.Sink out) {
        this.file = file;
        this.out = out;
    }

    void offsets(ByteBuffer bytes) throws IOException {
        long base = baseOffset();
        Path log = Path.of(file.toString().replaceFirst("\\.index$", ".log"));
        long before = -1;
        try (FileChannel segment =
                Files.exists(log) ? FileChannel.open(log, StandardOpenOption.READ) : null) {
            while (bytes.remaining() >= OFFSET_ENTRY) {
                long offset = base + bytes.getInt();
                int position = bytes.getInt();
                if (offset == base && position == 0 && before >= 0) {
                    break; // room that was taken beforehand
                }
                out.row(Row.of().with("offset", offset).with("position", position));
                if (offset <= before) {
                    trouble("the offset " + offset + " does not rise");
                }
                before = offset;
                if (segment != null && !isIn(segment, offset, position)) {
                    trouble("there is no batch with the offset " + offset + " at " + position);
                }
            }
        }
        end(bytes, OFFSET_ENTRY);
    }

    private static boolean isIn(FileChannel segment, long offset, int position) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(RecordBatch.HEADER_BYTES);
        if (segment.read(header, position) < RecordBatch.HEADER_BYTES) {
            return false;
        }
        return RecordBatch.magic(header, 0) == RecordBatch.MAGIC
                && RecordBatch.baseOffset(header, 0) <= offset
                && RecordBatch.lastOffset(header, 0) >= offset;
    }

    void times(ByteBuffer bytes) {
        long base = baseOffset();
        long before = Long.MIN_VALUE;
        boolean isFirst = true;
        while (bytes.remaining() >= TIME_ENTRY) {
            long timestamp = bytes.getLong();
            long offset = base + bytes.getInt();
            if (!isFirst && timestamp == 0 && offset == base) {
                break; // room that was taken beforehand
            }
            isFirst = false;
            out.row(Row.of().with("timestamp", timestamp).with("offset", offset));
            if (timestamp < before) {
                trouble("the timestamp " + timestamp + " does not rise");
            }
            before = timestamp;
        }
        end(bytes, TIME_ENTRY);
    }

    void transactions(ByteBuffer bytes) {
        while (bytes.remaining() >= TRANSACTION_ENTRY) {
            out.row(Row.of()
                    .with("version", bytes.getShort())
                    .with("producerId", bytes.getLong())
                    .with("firstOffset", bytes.getLong())
                    .with("lastOffset", bytes.getLong())
                    .with("lastStableOffset", bytes.getLong()));
        }
        end(bytes, TRANSACTION_ENTRY);
    }

    private long baseOffset() {
        String name = String.valueOf(file.getFileName());
        try {
            return Long.parseLong(name.substring(0, name.indexOf('.')));
        } catch (NumberFormatException noNumber) {
            throw new DamagedFile(file + ": its name must be the offset it begins with");
        }
    }

    private void trouble(String what) {
        trouble = trouble.isEmpty() ? what : trouble;
    }

    private void end(ByteBuffer bytes, int entry) {
        if (bytes.limit() % entry != 0) {
            trouble("its size is no multiple of " + entry);
        }
        if (!trouble.isEmpty()) {
            throw new DamagedFile(file + ": " + trouble);
        }
    }
}
