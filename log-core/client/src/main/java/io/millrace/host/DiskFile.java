package io.millrace.host;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;

/// An open file of a {@link Disk}. Positions are bytes from the start. Reads may run on any thread
/// beside one writer.
public interface DiskFile extends Closeable {
    Path path();

    long size() throws IOException;

    /// Fills the buffer from `position` until it is full or the file ends; returns how many bytes.
    int read(ByteBuffer into, long position) throws IOException;

    /// Writes all that remains in the buffer at `position`; the file grows as needed. A failure may
    /// leave any part of it written.
    void write(ByteBuffer from, long position) throws IOException;

    /// Writes the buffers one after the other, as one call to the system where possible.
    default void write(ByteBuffer[] from, long position) throws IOException {
        long at = position;
        for (ByteBuffer buffer : from) {
            int length = buffer.remaining();
            write(buffer, at);
            at += length;
        }
    }

    void truncate(long size) throws IOException;

    /// Makes the content durable (fdatasync, with the length). After a failure nothing is known of
    /// what reached the disk: never call it again on this file; the directory goes offline.
    void force() throws IOException;

    /// Pulls the range into memory from where a transport sends it without waiting for the disk, as
    /// far as there is such memory.
    default void warm(long position, long length) throws IOException {}

    /// The channel behind it, for a transport that sends regions of files around the heap. Never to
    /// be written to, positioned or closed.
    default Optional<FileChannel> channel() {
        return Optional.empty();
    }

    @Override
    void close() throws IOException;
}
