package io.millrace.common.header.internals;

import io.millrace.common.header.Header;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A header in memory.
public class RecordHeader implements Header {
    private final String key;
    private final byte @Nullable [] value;

    public RecordHeader(String key, byte @Nullable [] value) {
        this.key = Objects.requireNonNull(key, "a header has a key");
        this.value = value;
    }

    @Override
    public String key() {
        return key;
    }

    @Override
    public byte @Nullable [] value() {
        return value;
    }

    @Override
    public int hashCode() {
        return 31 * key.hashCode() + Arrays.hashCode(value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RecordHeader that
                && key.equals(that.key)
                && Arrays.equals(value, that.value);
    }

    @Override
    public String toString() {
        return "RecordHeader(key = " + key + ", value = " + Arrays.toString(value) + ")";
    }
}
