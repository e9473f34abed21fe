package io.millrace.record;

import io.millrace.protocol.MalformedFrame;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// An array that grows up to a limit which the caller sets: what a compressed batch claims about
/// itself is never believed.
final class GrowingBytes {
    /// What is kept from one use to the next; a larger array is given back.
    private static final int KEPT_BYTES = 4 << 20;

    private static final int FIRST_BYTES = 16 << 10;
    private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 16;

    private byte[] bytes = new byte[0];
    private int size;
    private int limit;
    private boolean overflowed;
    private long passedOn;
    private @Nullable Consumer<ByteBuffer> pieces;

    /// Empties it for at most `limit` bytes.
    void begin(int limit) {
        if (bytes.length > KEPT_BYTES) {
            bytes = new byte[0];
        }
        this.size = 0;
        this.limit = Math.min(limit, LARGEST_ARRAY);
        this.overflowed = false;
        this.passedOn = 0;
        this.pieces = null;
    }

    /// Empties it for any number of bytes. Before it would grow, `pieces` gets what was written,
    /// which is gone afterwards: so nobody who writes may look back. The last piece is passed on
    /// with [#passOn].
    void begin(Consumer<ByteBuffer> pieces) {
        begin(Integer.MAX_VALUE);
        this.pieces = pieces;
    }

    void passOn() {
        if (pieces != null && size > 0) {
            pieces.accept(view());
            passedOn += size;
            size = 0;
        }
    }

    /// What was written since `begin`, passed on or not.
    long total() {
        return passedOn + size;
    }

    byte[] array() {
        return bytes;
    }

    int size() {
        return size;
    }

    /// Bytes that fit without growing.
    int free() {
        return Math.min(bytes.length, limit) - size;
    }

    /// Says that so many bytes were written behind the end.
    void wrote(int count) {
        size += count;
    }

    /// Whether the limit was in the way since `begin`.
    boolean hasOverflowed() {
        return overflowed;
    }

    /// Makes room for at least `more` bytes; refuses beyond the limit.
    void room(long more) {
        if (more <= free()) {
            return;
        }
        passOn();
        if (more <= free()) {
            return;
        }
        if (more > limit - size) {
            overflowed = true;
            throw new MalformedFrame("the records take more than " + limit + " bytes uncompressed");
        }
        long wanted = Math.max(Math.max(2L * bytes.length, size + more), FIRST_BYTES);
        bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, limit));
    }

    /// Makes room for a size that is only a guess, as far as the limit allows.
    void expect(long guess) {
        long most = pieces == null ? limit - size : KEPT_BYTES;
        room(Math.max(0, Math.min(guess, most)));
    }

    void put(byte[] from, int at, int length) {
        room(length);
        System.arraycopy(from, at, bytes, size, length);
        size += length;
    }

    void put(ByteBuffer from) {
        int length = from.remaining();
        room(length);
        from.get(bytes, size, length);
        size += length;
    }

    /// Puts a part of a buffer, whose position stays.
    void put(ByteBuffer from, int at, int length) {
        room(length);
        from.get(at, bytes, size, length);
        size += length;
    }

    /// Puts an int with its lowest byte first.
    void putReversed(int value) {
        room(4);
        for (int shift = 0; shift < 32; shift += 8) {
            bytes[size++] = (byte) (value >>> shift);
        }
    }

    void put(int value) {
        room(1);
        bytes[size++] = (byte) value;
    }

    void putInt(int value) {
        putReversed(Integer.reverseBytes(value));
    }

    /// A signed number in zigzag form, lowest bits first.
    void putVarlong(long value) {
        room(10);
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~0x7fL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    static int varlongSize(long value) {
        long rest = (value << 1) ^ (value >> 63);
        return 1 + (63 - Long.numberOfLeadingZeros(rest | 1)) / 7;
    }

    /// What was written; it changes with the next use.
    ByteBuffer view() {
        return ByteBuffer.wrap(bytes, 0, size).slice();
    }
}
