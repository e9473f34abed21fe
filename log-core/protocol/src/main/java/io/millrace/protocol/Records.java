package io.millrace.protocol;

import java.nio.ByteBuffer;

/// Record batches inside a message. A reader of frames makes [InMemory]; the storage answers
/// fetches with its own kind, a region of a file, which the transport sends without looking inside.
public interface Records extends WirePart {
    Records EMPTY = new InMemory(ByteBuffer.allocate(0));

    static Records of(ByteBuffer buffer) {
        return new InMemory(buffer);
    }

    /// A slice of a frame, or batches just built. Each call of `buffer` hands out its own position.
    record InMemory(ByteBuffer buffer) implements Records {
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
