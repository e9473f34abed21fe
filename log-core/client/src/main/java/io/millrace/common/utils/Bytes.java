package io.millrace.common.utils;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Bytes that compare, hash and print by content. The array is not copied and must not change.
public class Bytes implements Comparable<Bytes> {
    public static final byte[] EMPTY = new byte[0];

    private final byte[] bytes;
    private int hash; // 0: not computed yet

    public Bytes(byte[] bytes) {
        this.bytes = Objects.requireNonNull(bytes);
    }

    /// Null for null.
    public static @Nullable Bytes wrap(byte @Nullable [] bytes) {
        return bytes == null ? null : new Bytes(bytes);
    }

    public byte[] get() {
        return bytes;
    }

    /// The smallest bytes of this length that are greater.
    public static Bytes increment(Bytes input) {
        byte[] next = input.bytes.clone();
        for (int i = next.length - 1; i >= 0; i--) {
            if (++next[i] != 0) {
                return new Bytes(next);
            }
        }
        throw new IndexOutOfBoundsException("There are no greater bytes of this length");
    }

    @Override
    public int hashCode() {
        if (hash == 0) {
            hash = Arrays.hashCode(bytes);
        }
        return hash;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(bytes, that.bytes);
    }

    /// In the order of unsigned bytes.
    @Override
    public int compareTo(Bytes other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (byte b : bytes) {
            if (b >= ' ' && b <= '~' && b != '\\') {
                text.append((char) b);
            } else {
                text.append(String.format("\\x%02X", b));
            }
        }
        return text.toString();
    }
}
