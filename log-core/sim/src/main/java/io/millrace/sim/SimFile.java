package io.millrace.sim;

import io.millrace.host.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.Path;

/// An open file of a [SimDisk].
final class SimFile implements DiskFile {
    private final SimDisk disk;
    private final Path path;
    private final SimContent content;
    private final boolean isWritable;
    private final int generation;
    private boolean isClosed;

    SimFile(SimDisk disk, Path path, SimContent content, boolean isWritable) {
        this.disk = disk;
        this.path = path;
        this.content = content;
        this.isWritable = isWritable;
        this.generation = disk.generation();
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public long size() throws IOException {
        call("size");
        return content.size();
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
        call("read");
        return content.read(into, position);
    }

    @Override
    public void write(ByteBuffer from, long position) throws IOException {
        call("write");
        write(from, Math.toIntExact(position), from.remaining());
    }

    private void write(ByteBuffer from, int at, int length) throws IOException {
        checkWritable();
        int growth = Math.max(0, at + length - content.size());
        int fits = length - (growth - disk.grow(growth));
        ByteBuffer part = from.slice(from.position(), Math.max(0, fits));
        if (part.hasRemaining()) {
            content.write(part, at);
            content.modifiedMs = disk.nowMs();
        }
        if (fits < length) {
            throw DiskFaults.full(path);
        }
        from.position(from.position() + length);
    }

    @Override
    public void truncate(long size) throws IOException {
        call("truncate");
        checkWritable();
        int before = content.size();
        content.truncate(Math.toIntExact(size));
        disk.shrink(before - content.size());
        content.modifiedMs = disk.nowMs();
    }

    @Override
    public void force() throws IOException {
        call("force");
        if (disk.faults().takeForce(path)) {
            content.forgetPending();
            throw new IOException("simulated failure: force of " + path);
        }
        content.force();
    }

    @Override
    public void close() {
        isClosed = true;
    }

    private void call(String what) throws IOException {
        if (generation != disk.generation()) {
            throw new PowerLoss();
        }
        disk.call(what, path);
        if (isClosed) {
            throw new ClosedChannelException();
        }
    }

    private void checkWritable() {
        if (!isWritable) {
            throw new NonWritableChannelException();
        }
    }
}
