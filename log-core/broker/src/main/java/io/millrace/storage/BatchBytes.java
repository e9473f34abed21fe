package io.millrace.storage;

import io.millrace.host.DiskFile;
import io.millrace.record.RecordBatch;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Reads whole batches of a file, many small ones with one call.
///
/// Owner thread: the one that made it, which may block.
final class BatchBytes {
    private static final int CHUNK = 256 * 1024;

    private final DiskFile file;
    private ByteBuffer buffer = ByteBuffer.allocate(0);
    private long bufferStart;

    BatchBytes(DiskFile file) {
        this.file = file;
    }

    /// Where the batch begins in `buffer`.
    int load(long position, int size) throws IOException {
        if (position < bufferStart || position + size > bufferStart + buffer.limit()) {
            if (buffer.capacity() < size || buffer.capacity() == 0) {
                long left = Math.min(CHUNK, file.size() - position);
                buffer = ByteBuffer.allocate((int) Math.max(size, left));
            }
            buffer.clear();
            file.read(buffer, position);
            buffer.flip();
            bufferStart = position;
        }
        return (int) (position - bufferStart);
    }

    /// Valid until the next `load`.
    ByteBuffer buffer() {
        return buffer;
    }

    /// Whether all of the batch is there and matches its checksum.
    boolean isWhole(long position, int size) throws IOException {
        int at = load(position, size);
        return at + size <= buffer.limit() && RecordBatch.hasValidCrc(buffer, at);
    }
}
