package io.millrace.storage;

import io.millrace.host.DiskFile;
import io.millrace.protocol.CorruptLog;
import io.millrace.record.RecordBatch;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Walks from batch to batch of a file by their headers, a page at a time: small batches come many
/// with one read, and of large ones little else is read.
///
/// Owner thread: the one that made it, which may block.
final class HeaderWalk {
    private static final int PAGE = 4096;

    private final DiskFile file;
    private final long end;
    private final ByteBuffer header = ByteBuffer.allocate(RecordBatch.HEADER_BYTES);
    private final ByteBuffer page;
    private long pageStart;
    private long position;
    private int size;

    /// @param position where a batch begins
    /// @throws CorruptLog when it was taken from a damaged index
    HeaderWalk(DiskFile file, long position, long end) {
        if (position < 0) {
            throw new CorruptLog(file.path() + " has an index that points to byte " + position
                    + ": stop the node, delete its index files, and start it again");
        }
        this.file = file;
        this.position = position;
        this.end = end;
        long left = Math.min(PAGE, end - position);
        this.page = ByteBuffer.allocate((int) Math.max(left, RecordBatch.HEADER_BYTES))
                .limit(0);
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
        int length = readHeader() ? RecordBatch.sizeInBytes(header, 0) : 0;
        if (length < RecordBatch.HEADER_BYTES
                || length > end - position
                || RecordBatch.magic(header, 0) != RecordBatch.MAGIC) {
            throw new CorruptLog(file.path() + " has no whole batch at byte " + position);
        }
        size = length;
        return true;
    }

    private boolean readHeader() throws IOException {
        if (position + RecordBatch.HEADER_BYTES > pageStart + page.limit()) {
            page.clear();
            file.read(page, position);
            page.flip();
            pageStart = position;
        }
        int at = (int) (position - pageStart);
        if (at + RecordBatch.HEADER_BYTES > page.limit()) {
            return false;
        }
        header.put(0, page, at, RecordBatch.HEADER_BYTES);
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
