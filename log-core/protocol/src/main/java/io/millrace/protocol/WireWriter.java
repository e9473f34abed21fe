package io.millrace.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes the primitive types of the protocol. What is small is copied into one growing array;
/// records and long byte fields are taken in by reference and come out as parts of their own, so
/// they must not change until the frame is sent. A writer is used once: write, then `finish` or
/// `toBuffer`.
public final class WireWriter {
    /// Below this, a copy costs less than another element of a gathering write.
    private static final int COPY_BELOW = 1024;

    private static final int FIRST_CAPACITY = 256;
    private static final int MAX_CAPACITY = Integer.MAX_VALUE - 16;
    private static final int FRAME_PREFIX = 4;

    private final List<WirePart> parts = new ArrayList<>(2);
    private final boolean isFrame;
    private byte[] bytes = new byte[FIRST_CAPACITY];
    private byte @Nullable [] head; // what `bytes` was when the first part was cut off
    private int start; // where the part begins that is being written
    private int end;
    private int before; // bytes in `parts`
    private int openTags;
    private int @Nullable [] errors; // by ordinal; most answers have none

    private WireWriter(boolean isFrame) {
        this.isFrame = isFrame;
        this.end = isFrame ? FRAME_PREFIX : 0;
    }

    /// A writer of bytes without a frame around them.
    public WireWriter() {
        this(false);
    }

    /// A writer that puts the length of all that follows before it.
    public static WireWriter frame() {
        return new WireWriter(true);
    }

    /// Bytes written so far, those of the length prefix included.
    public int size() {
        return before + end - start;
    }

    /// Everything written, in order.
    public List<WirePart> finish() {
        if (isFrame) {
            put(head == null ? bytes : head, 0, size() - FRAME_PREFIX);
        }
        cut();
        return List.copyOf(parts);
    }

    /// Everything written as one buffer, ready to be read.
    public ByteBuffer toBuffer() {
        List<WirePart> all = finish();
        if (all.size() == 1 && all.getFirst() instanceof WirePart.Bytes(ByteBuffer only)) {
            return only;
        }
        ByteBuffer buffer = ByteBuffer.allocate(before);
        for (WirePart part : all) {
            buffer.put(inMemory(part));
        }
        return buffer.flip();
    }

    private static ByteBuffer inMemory(WirePart part) {
        if (part instanceof WirePart.Bytes(ByteBuffer buffer)) {
            return buffer;
        }
        if (part instanceof Records.InMemory(ByteBuffer buffer)) {
            return buffer;
        }
        throw Check.failed("records that are not in memory have no place in one buffer");
    }

    public void int8(int value) {
        room(1);
        bytes[end++] = (byte) value;
    }

    public void int16(int value) {
        room(2);
        bytes[end] = (byte) (value >>> 8);
        bytes[end + 1] = (byte) value;
        end += 2;
    }

    public void uint16(int value) {
        Check.that(value >>> 16 == 0, "not an unsigned number of 16 bits");
        int16(value);
    }

    public void int32(int value) {
        room(4);
        put(bytes, end, value);
        end += 4;
    }

    public void uint32(long value) {
        Check.that(value >>> 32 == 0, "not an unsigned number of 32 bits");
        int32((int) value);
    }

    public void int64(long value) {
        room(8);
        put(bytes, end, (int) (value >>> 32));
        put(bytes, end + 4, (int) value);
        end += 8;
    }

    public void float64(double value) {
        int64(Double.doubleToRawLongBits(value));
    }

    public void bool(boolean value) {
        int8(value ? 1 : 0);
    }

    public void error(ErrorCode code) {
        int16(code.code());
        if (code != ErrorCode.NONE) {
            if (errors == null) {
                errors = new int[ErrorCode.values().length];
            }
            errors[code.ordinal()]++;
        }
    }

    /// Whether an error was written: in a long answer there may be many.
    public boolean hasErrors() {
        return errors != null;
    }

    /// How often this error was written.
    public int errors(ErrorCode code) {
        return errors == null ? 0 : errors[code.ordinal()];
    }

    public void uuid(Uuid id) {
        int64(id.high());
        int64(id.low());
    }

    public void unsignedVarint(int value) {
        int rest = value;
        while ((rest & ~0x7f) != 0) {
            int8(rest | 0x80);
            rest >>>= 7;
        }
        int8(rest);
    }

    /// A signed number in zigzag form.
    public void varint(int value) {
        unsignedVarint((value << 1) ^ (value >> 31));
    }

    /// A signed number of 64 bits in zigzag form.
    public void varlong(long value) {
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~0x7fL) != 0) {
            int8((int) rest | 0x80);
            rest >>>= 7;
        }
        int8((int) rest);
    }

    public void string(String value, boolean flexible) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        Check.that(utf8.length <= WireReader.MAX_STRING, "a string is too long for the protocol");
        if (flexible) {
            unsignedVarint(utf8.length + 1);
        } else {
            int16(utf8.length);
        }
        copy(utf8, utf8.length);
    }

    public void nullableString(@Nullable String value, boolean flexible) {
        if (value != null) {
            string(value, flexible);
        } else if (flexible) {
            unsignedVarint(0);
        } else {
            int16(-1);
        }
    }

    public void bytes(ByteBuffer value, boolean flexible) {
        length(value.remaining(), flexible);
        raw(value);
    }

    public void nullableBytes(@Nullable ByteBuffer value, boolean flexible) {
        if (value == null) {
            length(-1, flexible);
        } else {
            bytes(value, flexible);
        }
    }

    public void records(Records value, boolean flexible) {
        length(value.sizeInBytes(), flexible);
        if (value instanceof Records.InMemory(ByteBuffer buffer)) {
            raw(buffer);
        } else if (value.sizeInBytes() > 0) {
            Check.that(openTags == 0, "a tagged field cannot hold records that are not in memory");
            add(value);
        }
    }

    public void nullableRecords(@Nullable Records value, boolean flexible) {
        if (value == null) {
            length(-1, flexible);
        } else {
            records(value, flexible);
        }
    }

    /// Bytes as they are, with no length before them.
    public void raw(ByteBuffer value) {
        int size = value.remaining();
        if (size >= COPY_BELOW && openTags == 0) {
            add(new WirePart.Bytes(value.slice()));
            return;
        }
        room(size);
        value.get(value.position(), bytes, end, size);
        end += size;
    }

    /// The length of a list; negative for null.
    void arrayLength(int length, boolean flexible) {
        length(length, flexible);
    }

    private void length(int length, boolean flexible) {
        if (flexible) {
            unsignedVarint(length + 1);
        } else {
            int32(length);
        }
    }

    /// Writes the byte that stands before a struct that may be null; returns whether the struct
    /// follows.
    boolean nullStruct(boolean isNull) {
        int8(isNull ? -1 : 1);
        return !isNull;
    }

    /// Within a tagged field that byte has other values.
    boolean nullTaggedStruct(boolean isNull) {
        int8(isNull ? 0 : 1);
        return !isNull;
    }

    /// Begins a tagged field; what it returns goes to [#endTag].
    int beginTag(int tag) {
        unsignedVarint(tag);
        openTags++;
        return end - start;
    }

    /// Puts the size before the tagged field that began at `mark`, which moves it by a byte or two.
    void endTag(int mark) {
        openTags--;
        int size = end - start - mark;
        int prefix = 1 + (31 - Integer.numberOfLeadingZeros(size | 1)) / 7;
        room(prefix);
        int from = start + mark;
        System.arraycopy(bytes, from, bytes, from + prefix, size);
        end = from;
        unsignedVarint(size);
        end += size;
    }

    void checkVersion(String message, int version, int lowest, int highest) {
        if (version < lowest || version > highest) {
            throw new UnsupportedVersion(
                    message + " has no version " + version + ", only " + lowest + " to " + highest);
        }
    }

    /// Byte by byte, which the compiler joins; a view of the array would slow down the start.
    private static void put(byte[] target, int at, int value) {
        target[at] = (byte) (value >>> 24);
        target[at + 1] = (byte) (value >>> 16);
        target[at + 2] = (byte) (value >>> 8);
        target[at + 3] = (byte) value;
    }

    private void copy(byte[] source, int size) {
        room(size);
        System.arraycopy(source, 0, bytes, end, size);
        end += size;
    }

    private void add(WirePart part) {
        cut();
        parts.add(part);
        before += part.sizeInBytes();
    }

    /// Makes a part of what was copied since the last one.
    private void cut() {
        if (head == null) {
            head = bytes;
        }
        if (end > start) {
            parts.add(new WirePart.Bytes(
                    ByteBuffer.wrap(bytes, start, end - start).slice()));
            before += end - start;
            start = end;
        }
    }

    /// Makes room, in a new array that leaves behind the parts that are cut off already.
    private void room(int more) {
        if (more > bytes.length - end) {
            long size = end - start + (long) more;
            Check.that(size <= MAX_CAPACITY, "a frame is too large");
            long capacity = Math.min(MAX_CAPACITY, Math.max(2 * size, FIRST_CAPACITY));
            byte[] larger = new byte[(int) capacity];
            System.arraycopy(bytes, start, larger, 0, end - start);
            bytes = larger;
            end -= start;
            start = 0;
        }
    }
}
