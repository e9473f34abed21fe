package io.millrace.transport;

import java.nio.ByteBuffer;

/// A frame in ordinary memory, which the collector frees.
final class HeapFrame implements Frame {
    private final ByteBuffer bytes;

    HeapFrame(ByteBuffer bytes) {
        this.bytes = bytes;
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
