package io.millrace.protocol;

import java.nio.ByteBuffer;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// An id of 128 bits. Its text is Kafka's: 22 characters of URL-safe Base64.
public record Uuid(long high, long low) implements Comparable<Uuid> {
    /// Stands for "no id".
    public static final Uuid ZERO = new Uuid(0, 0);

    /// The id of the topic `__cluster_metadata`.
    public static final Uuid METADATA_TOPIC_ID = new Uuid(0, 1);

    private static final int BYTES = 16;
    private static final int TEXT_LENGTH = 22;

    /// Reads what [#toString] writes.
    ///
    /// @throws IllegalArgumentException if it is anything else
    public static Uuid parse(String text) {
        if (text.length() <= TEXT_LENGTH + 2) {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            if (bytes.length == BYTES) {
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                return new Uuid(buffer.getLong(), buffer.getLong());
            }
        }
        throw new IllegalArgumentException(
                "\"" + text + "\" is not an id: it must be 22 characters of URL-safe Base64");
    }

    public boolean isZero() {
        return high == 0 && low == 0;
    }

    // By hand: ids are looked up from the first moment on, and generated methods are slow to start.

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Uuid id && high == id.high && low == id.low;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(high * 31 + low);
    }

    /// In the order of the text's bytes, as unsigned numbers would be.
    @Override
    public int compareTo(Uuid other) {
        int order = Long.compareUnsigned(high, other.high);
        return order != 0 ? order : Long.compareUnsigned(low, other.low);
    }

    @Override
    public String toString() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES).putLong(high).putLong(low);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }
}
