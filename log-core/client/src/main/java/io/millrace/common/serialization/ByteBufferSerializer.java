package io.millrace.common.serialization;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Writes the bytes from the start of the buffer to its position, or, where the position is 0,
/// to its limit; so a buffer that was just filled needs no flip. The buffer is left as it was.
public class ByteBufferSerializer implements Serializer<ByteBuffer> {
    @Override
    public byte @Nullable [] serialize(String topic, @Nullable ByteBuffer data) {
        if (data == null) {
            return null;
        }
        ByteBuffer view = data.duplicate();
        if (view.position() > 0) {
            view.flip();
        }
        byte[] bytes = new byte[view.remaining()];
        view.get(bytes);
        return bytes;
    }
}
