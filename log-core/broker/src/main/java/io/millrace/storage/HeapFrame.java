package io.millrace.storage;

import io.millrace.transport.Frame;
import java.nio.ByteBuffer;

/// Memory that the garbage collector looks after.
record HeapFrame(ByteBuffer content) implements Frame {
    @Override
    public ByteBuffer buffer() {
        return content.duplicate();
    }

    @Override
    public void retain() {}

    @Override
    public void release() {}
}
