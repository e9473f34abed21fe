package io.millrace.storage;

import io.millrace.host.DiskFile;
import io.millrace.protocol.CorruptLog;
import io.millrace.record.RecordBatch;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Walks from batch to batch of a file by their headers, reading nothing else.
///
/// Owner thread: the one that made it, which may block.
final class HeaderWalk {
    private final DiskFile file;
    private final long end;
    private final ByteBuffer header = ByteBuffer.allocate(RecordBatch.HEADER_BYTES);
    private long position;
    private int size;

    /// @param position where a batch begins
    HeaderWalk(DiskFile file, long position, long end) {
        this.file = file;
        this.position = position;
        this.end = end;
    }

    /// Goes to the next batch (at first, to the one at the start); false at the end.
    ///
    /// @throws CorruptLog when what is there is no batch, or not a whole one
    boolean next() throws IOException {
        position += size;
        size = 0;
        if (position >= end) {
            return false;
        }
        header.clear();
        int read = file.read(header, position);
        header.flip();
        int length = read < RecordBatch.HEADER_BYTES ? 0 : RecordBatch.sizeInBytes(header, 0);
        if (length < RecordBatch.HEADER_BYTES
                || length > end - position
                || RecordBatch.magic(header, 0) != RecordBatch.MAGIC) {
            throw new CorruptLog(file.path() + " has no whole batch at byte " + position);
        }
        size = length;
        return true;
    }

    /// Goes to the first batch that ends after the offset; false when there is none.
    boolean seek(long offset) throws IOException {
        while (next()) {
            if (RecordBatch.lastOffset(header, 0) >= offset) {
                return true;
            }
        }
        return false;
    }

    /// The header of the present batch, at 0; valid until `next`.
    ByteBuffer header() {
        return header;
    }

    long position() {
        return position;
    }

    int size() {
        return size;
    }
}
