package io.millrace.broker;

import io.millrace.transport.Frame;
import java.nio.ByteBuffer;

/// A request copied out of the transport's memory: the collector frees it, so its fields may be
/// kept.
final class CopiedFrame implements Frame {
    private final ByteBuffer bytes;

    CopiedFrame(ByteBuffer source) {
        bytes = ByteBuffer.allocate(source.remaining()).put(source).flip();
    }

    @Override
    public ByteBuffer buffer() {
        return bytes.slice();
    }

    @Override
    public void retain() {
        // nothing is counted
    }

    @Override
    public void release() {
        // nothing is counted
    }
}
