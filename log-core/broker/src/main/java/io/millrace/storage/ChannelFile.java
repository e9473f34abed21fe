package io.millrace.storage;

import io.millrace.host.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;

/// A file of the operating system. The channel's own position is the writer's alone.
final class ChannelFile implements DiskFile {
    private final Path path;
    private final FileChannel channel;
    private final FileDisk disk;

    ChannelFile(Path path, FileChannel channel, FileDisk disk) {
        this.path = path;
        this.channel = channel;
        this.disk = disk;
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public long size() throws IOException {
        try {
            return channel.size();
        } catch (IOException e) {
            throw disk.explain("Cannot read the size of", path, e);
        }
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
        try {
            int total = 0;
            while (into.hasRemaining()) {
                int n = channel.read(into, position + total);
                if (n < 0) {
                    break;
                }
                total += n;
            }
            return total;
        } catch (IOException e) {
            throw disk.explain("Cannot read", path, e);
        }
    }

    @Override
    public void write(ByteBuffer from, long position) throws IOException {
        try {
            long at = position;
            while (from.hasRemaining()) {
                at += channel.write(from, at);
            }
        } catch (IOException e) {
            throw disk.explain("Cannot write", path, e);
        }
    }

    @Override
    public void write(ByteBuffer[] from, long position) throws IOException {
        if (from.length == 1) {
            write(from[0], position);
            return;
        }
        try {
            long left = 0;
            for (ByteBuffer buffer : from) {
                left += buffer.remaining();
            }
            channel.position(position);
            int done = 0;
            while (left > 0) {
                while (!from[done].hasRemaining()) {
                    done++;
                }
                left -= channel.write(from, done, from.length - done);
            }
        } catch (IOException e) {
            throw disk.explain("Cannot write", path, e);
        }
    }

    @Override
    public void truncate(long size) throws IOException {
        try {
            channel.truncate(size);
        } catch (IOException e) {
            throw disk.explain("Cannot truncate", path, e);
        }
    }

    @Override
    public void force() throws IOException {
        try {
            channel.force(false);
        } catch (IOException e) {
            throw disk.explain("Cannot sync", path, e);
        }
    }

    /// Sends the range into nothing: the kernel reads the pages in, and no byte is copied.
    @Override
    public void warm(long position, long length) throws IOException {
        try {
            long done = 0;
            while (done < length) {
                long n = channel.transferTo(position + done, length - done, disk.nowhere());
                if (n <= 0) {
                    break;
                }
                done += n;
            }
        } catch (IOException e) {
            throw disk.explain("Cannot read", path, e);
        }
    }

    @Override
    public Optional<FileChannel> channel() {
        return Optional.of(channel);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
