package io.millrace.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Reads the primitive types of the protocol from one frame, and trusts none of its lengths: each
/// is checked against what is left before anything is allocated. Bytes and records are slices of
/// the frame, so the frame must outlive what was read.
///
/// The parameter `flexible` chooses between the old fixed lengths and the compact ones.
public final class WireReader {
    static final ByteBuffer NO_BYTES = ByteBuffer.allocate(0);

    /// Kafka's own limit, in both forms.
    static final int MAX_STRING = Short.MAX_VALUE;

    /// So many list elements fit in one message, in all its lists; an object each, they weigh far
    /// more than the bytes they were read from.
    static final int MAX_ELEMENTS = 8_000_000;

    private static final int MAX_VARINT_BYTES = 5;
    private static final int MAX_VARLONG_BYTES = 10;

    private final ByteBuffer buffer;
    private int elementsLeft = MAX_ELEMENTS;

    /// Reads from the position of `buffer` to its limit; neither moves.
    public WireReader(ByteBuffer buffer) {
        this.buffer = buffer.slice();
    }

    public int remaining() {
        return buffer.remaining();
    }

    /// How many bytes were read.
    public int position() {
        return buffer.position();
    }

    public byte int8() {
        need(1);
        return buffer.get();
    }

    public short int16() {
        need(2);
        return buffer.getShort();
    }

    public int uint16() {
        need(2);
        return Short.toUnsignedInt(buffer.getShort());
    }

    public int int32() {
        need(4);
        return buffer.getInt();
    }

    public long uint32() {
        need(4);
        return Integer.toUnsignedLong(buffer.getInt());
    }

    public long int64() {
        need(8);
        return buffer.getLong();
    }

    public double float64() {
        need(8);
        return buffer.getDouble();
    }

    public boolean bool() {
        return int8() != 0;
    }

    /// A code that this release does not know reads as `UNKNOWN_SERVER_ERROR`.
    public ErrorCode error() {
        return ErrorCode.forCode(int16());
    }

    public Uuid uuid() {
        need(16);
        return new Uuid(buffer.getLong(), buffer.getLong());
    }

    public int unsignedVarint() {
        long value = varintBits(MAX_VARINT_BYTES);
        if (value >>> 32 != 0) {
            throw malformed("a varint is larger than 32 bits");
        }
        return (int) value;
    }

    /// A signed number in zigzag form.
    public int varint() {
        int value = unsignedVarint();
        return (value >>> 1) ^ -(value & 1);
    }

    /// A signed number of 64 bits in zigzag form.
    public long varlong() {
        long value = varintBits(MAX_VARLONG_BYTES);
        return (value >>> 1) ^ -(value & 1);
    }

    private long varintBits(int maxBytes) {
        long value = 0;
        for (int i = 0; i < maxBytes; i++) {
            byte next = int8();
            value |= (long) (next & 0x7f) << (7 * i);
            if (next >= 0) {
                return value;
            }
        }
        throw malformed("a varint is longer than " + maxBytes + " bytes");
    }

    public String string(boolean flexible) {
        int length = flexible ? unsignedVarint() - 1 : int16();
        if (length < 0) {
            throw malformed("a string is null that must not be");
        }
        return text(length);
    }

    public @Nullable String nullableString(boolean flexible) {
        int length = flexible ? unsignedVarint() - 1 : int16();
        return length < 0 ? null : text(length);
    }

    private String text(int length) {
        if (length > MAX_STRING) {
            throw malformed("a string claims " + length + " bytes, more than " + MAX_STRING);
        }
        need(length);
        byte[] bytes;
        int from = 0;
        if (buffer.hasArray()) {
            bytes = buffer.array();
            from = buffer.arrayOffset() + buffer.position();
            buffer.position(buffer.position() + length);
        } else {
            bytes = new byte[length];
            buffer.get(bytes);
        }
        String text = new String(bytes, from, length, StandardCharsets.UTF_8);
        if (length > MAX_STRING / 3) {
            checkWritable(text);
        }
        return text;
    }

    /// A byte that is not UTF-8 reads as a character of three bytes, as it does in Kafka; what is
    /// read must still fit into the answer that repeats it.
    private void checkWritable(String text) {
        if (text.getBytes(StandardCharsets.UTF_8).length > MAX_STRING) {
            throw malformed("a long string is not UTF-8");
        }
    }

    public ByteBuffer bytes(boolean flexible) {
        int length = bytesLength(flexible);
        if (length < 0) {
            throw malformed("a byte field is null that must not be");
        }
        return slice(length);
    }

    public @Nullable ByteBuffer nullableBytes(boolean flexible) {
        int length = bytesLength(flexible);
        return length < 0 ? null : slice(length);
    }

    public Records records(boolean flexible) {
        return new Records.InMemory(bytes(flexible));
    }

    public @Nullable Records nullableRecords(boolean flexible) {
        ByteBuffer bytes = nullableBytes(flexible);
        return bytes == null ? null : new Records.InMemory(bytes);
    }

    private int bytesLength(boolean flexible) {
        return flexible ? unsignedVarint() - 1 : int32();
    }

    private ByteBuffer slice(int length) {
        need(length);
        ByteBuffer slice = buffer.slice(buffer.position(), length);
        buffer.position(buffer.position() + length);
        return slice;
    }

    /// The number of elements of a list that must not be null.
    int arrayLength(boolean flexible) {
        int length = nullableArrayLength(flexible);
        if (length < 0) {
            throw malformed("a list is null that must not be");
        }
        return length;
    }

    /// The number of elements of a list, or a negative number for null.
    int nullableArrayLength(boolean flexible) {
        int length = flexible ? unsignedVarint() - 1 : int32();
        if (length > buffer.remaining()) {
            throw malformed("a list claims " + length + " elements and there are "
                    + buffer.remaining() + " bytes left");
        }
        elementsLeft -= Math.max(0, length);
        if (elementsLeft < 0) {
            throw malformed("more than " + MAX_ELEMENTS + " list elements in one message");
        }
        return length;
    }

    /// Reads the byte that stands before a struct that may be null.
    boolean isNullStruct() {
        return int8() < 0;
    }

    /// Within a tagged field that byte has other values.
    boolean isNullTaggedStruct() {
        return unsignedVarint() == 0;
    }

    int tagCount() {
        int count = unsignedVarint();
        if (count < 0 || count > buffer.remaining() / 2) {
            throw malformed("a struct claims " + Integer.toUnsignedString(count)
                    + " tagged fields and there are " + buffer.remaining() + " bytes left");
        }
        return count;
    }

    int tag() {
        return unsignedVarint();
    }

    /// Reads the size of a tagged field and returns the position where it ends.
    int endOfTag() {
        int size = unsignedVarint();
        need(size);
        return buffer.position() + size;
    }

    void checkEndOfTag(int tag, int end) {
        if (buffer.position() != end) {
            throw malformed("the tagged field " + tag + " does not have the size it claims");
        }
    }

    void skipTo(int end) {
        buffer.position(end);
    }

    /// Skips all tagged fields of a struct that knows none.
    void skipTags() {
        for (int left = tagCount(); left > 0; left--) {
            tag();
            skipTo(endOfTag());
        }
    }

    void checkVersion(String message, int version, int lowest, int highest) {
        if (version < lowest || version > highest) {
            throw malformed(message + " version " + version + " is not known; this release reads "
                    + lowest + " to " + highest);
        }
    }

    private void need(int bytes) {
        if (bytes < 0 || bytes > buffer.remaining()) {
            throw malformed("a field claims " + Integer.toUnsignedString(bytes)
                    + " bytes and there are " + buffer.remaining() + " left");
        }
    }

    private MalformedFrame malformed(String what) {
        return new MalformedFrame(
                what + " (at byte " + buffer.position() + " of " + buffer.limit() + ")");
    }
}
