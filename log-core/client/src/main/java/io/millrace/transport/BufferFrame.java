package io.millrace.transport;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;

/// A frame in memory of the transport: a slice of what one read brought, or a buffer of its own.
final class BufferFrame implements Frame {
    private final ByteBuf bytes;

    /// Takes over one reference to `bytes`.
    BufferFrame(ByteBuf bytes) {
        this.bytes = bytes;
    }

    @Override
    public ByteBuffer buffer() {
        return bytes.nioBuffer().slice();
    }

    @Override
    public void retain() {
        bytes.retain();
    }

    @Override
    public void release() {
        bytes.release();
    }
}
