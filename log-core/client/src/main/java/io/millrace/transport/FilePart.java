package io.millrace.transport;

import io.millrace.host.DiskFile;
import io.millrace.host.FileRegion;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultFileRegion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// A region of a file as Netty sends it. Unlike its parent it leaves the channel open, which is the
/// log's.
final class FilePart extends DefaultFileRegion {
    private FilePart(FileChannel channel, FileRegion region) {
        super(channel, region.position(), region.sizeInBytes());
    }

    static Object of(FileRegion region) {
        return region.file()
                .channel()
                .<Object>map(channel -> new FilePart(channel, region))
                .orElseGet(() -> Unpooled.wrappedBuffer(read(region)));
    }

    static ByteBuffer read(FileRegion region) {
        DiskFile file = region.file();
        ByteBuffer bytes = ByteBuffer.allocate(region.sizeInBytes());
        try {
            file.read(bytes, region.position());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.rewind();
    }

    @Override
    protected void deallocate() {
        // the log closes its files
    }
}
