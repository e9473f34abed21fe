package io.millrace.record;

import java.nio.ByteBuffer;

/// One way to compress the records of a batch, in the framing that Kafka's clients use. Belongs to
/// one thread; native libraries are loaded with the first codec that needs them, never earlier.
interface Codec extends AutoCloseable {
    /// Consumes `from`.
    void compress(ByteBuffer from, int level, GrowingBytes to);

    /// Consumes `from`; throws `MalformedFrame` when it is not what it claims to be, or longer than
    /// `to` may grow.
    void decompress(ByteBuffer from, GrowingBytes to);

    @Override
    default void close() {}
}
