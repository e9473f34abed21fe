package io.millrace.protocol;

import java.nio.ByteBuffer;

/// A piece of a frame on its way out: bytes in memory, or records wherever they lie.
public interface WirePart {
    int sizeInBytes();

    /// Bytes in memory. Each call of `buffer` hands out its own position.
    record Bytes(ByteBuffer buffer) implements WirePart {
        @Override
        public ByteBuffer buffer() {
            return buffer.duplicate();
        }

        @Override
        public int sizeInBytes() {
            return buffer.remaining();
        }
    }
}
