package io.millrace.host;

import io.millrace.protocol.Records;

/// Record batches where they lie: a part of an open file, which a socket sends without passing the
/// heap. The bytes are in the page cache, so that sending them does not wait for a disk.
///
/// The file stays open, even when it was deleted meanwhile, until `release`; so whoever was given a
/// region releases it exactly once, when it was sent or will not be. On any thread.
///
/// The last batch may be cut off: a fetch is bounded in bytes, and clients drop an incomplete tail.
public final class FileRegion implements Records {
    private final DiskFile file;
    private final long position;
    private final int length;
    private final Runnable onRelease;

    public FileRegion(DiskFile file, long position, int length, Runnable onRelease) {
        this.file = file;
        this.position = position;
        this.length = length;
        this.onRelease = onRelease;
    }

    /// Its `channel`, where it has one, is the way around the heap.
    public DiskFile file() {
        return file;
    }

    public long position() {
        return position;
    }

    @Override
    public int sizeInBytes() {
        return length;
    }

    public void release() {
        onRelease.run();
    }

    @Override
    public String toString() {
        return file.path() + "[" + position + ", +" + length + "]";
    }
}
