package io.millrace.record;

import io.millrace.protocol.MalformedFrame;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/// The gzip format (RFC 1952), read also when several members follow each other.
final class GzipCodec implements Codec {
    private static final int HEADER_BYTES = 10;
    private static final int TRAILER_BYTES = 8;
    private static final int ID1 = 0x1f;
    private static final int ID2 = 0x8b;
    private static final int DEFLATE = 8;
    private static final int HEADER_CRC = 0x02;
    private static final int EXTRA = 0x04;
    private static final int NAME = 0x08;
    private static final int COMMENT = 0x10;
    private static final byte[] HEADER = {ID1, (byte) ID2, DEFLATE, 0, 0, 0, 0, 0, 0, 0};

    private @Nullable Inflater inflater;
    private @Nullable Deflater deflater;

    @Override
    public void compress(ByteBuffer from, int level, GrowingBytes to) {
        if (deflater == null) {
            deflater = new Deflater(level, true);
        }
        Deflater engine = deflater;
        engine.reset();
        engine.setLevel(level);
        to.put(HEADER, 0, HEADER_BYTES);
        CRC32 crc = new CRC32();
        crc.update(from.duplicate());
        int length = from.remaining();
        engine.setInput(from);
        engine.finish();
        while (!engine.finished()) {
            to.room(Math.max(512, length / 8));
            to.wrote(engine.deflate(to.array(), to.size(), to.free()));
        }
        to.putReversed((int) crc.getValue());
        to.putReversed(length);
    }

    @Override
    public void decompress(ByteBuffer from, GrowingBytes to) {
        if (inflater == null) {
            inflater = new Inflater(true);
        }
        do {
            skipHeader(from);
            CRC32 crc = new CRC32();
            long start = to.total();
            inflate(inflater, from, to, crc);
            checkTrailer(from, crc, to.total() - start);
        } while (from.hasRemaining());
    }

    private static void inflate(Inflater engine, ByteBuffer from, GrowingBytes to, CRC32 crc) {
        engine.reset();
        engine.setInput(from);
        to.expect(4L * from.remaining());
        try {
            while (!engine.finished()) {
                to.room(1);
                int count = engine.inflate(to.array(), to.size(), to.free());
                crc.update(to.array(), to.size(), count);
                to.wrote(count);
                if (count == 0
                        && (engine.needsInput() || engine.needsDictionary())
                        && !engine.finished()) {
                    throw new MalformedFrame("a gzip member ends early");
                }
            }
        } catch (DataFormatException e) {
            throw new MalformedFrame("gzip data is damaged", e);
        }
    }

    private static void skipHeader(ByteBuffer from) {
        need(from, HEADER_BYTES);
        int at = from.position();
        boolean known = (from.get(at) & 0xff) == ID1
                && (from.get(at + 1) & 0xff) == ID2
                && from.get(at + 2) == DEFLATE;
        if (!known) {
            throw new MalformedFrame("no gzip header");
        }
        int flags = from.get(at + 3);
        from.position(at + HEADER_BYTES);
        if ((flags & EXTRA) != 0) {
            need(from, 2);
            int length = Short.toUnsignedInt(Short.reverseBytes(from.getShort()));
            need(from, length);
            from.position(from.position() + length);
        }
        if ((flags & NAME) != 0) {
            skipText(from);
        }
        if ((flags & COMMENT) != 0) {
            skipText(from);
        }
        if ((flags & HEADER_CRC) != 0) {
            need(from, 2);
            from.getShort();
        }
    }

    private static void skipText(ByteBuffer from) {
        byte next;
        do {
            need(from, 1);
            next = from.get();
        } while (next != 0);
    }

    private static void checkTrailer(ByteBuffer from, CRC32 crc, long length) {
        need(from, TRAILER_BYTES);
        ByteBuffer trailer =
                from.slice(from.position(), TRAILER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        from.position(from.position() + TRAILER_BYTES);
        if (trailer.getInt(0) != (int) crc.getValue() || trailer.getInt(4) != (int) length) {
            throw new MalformedFrame("a gzip trailer does not match its data");
        }
    }

    private static void need(ByteBuffer from, int bytes) {
        if (from.remaining() < bytes) {
            throw new MalformedFrame("a gzip member ends early");
        }
    }

    @Override
    public void close() {
        if (inflater != null) {
            inflater.end();
        }
        if (deflater != null) {
            deflater.end();
        }
    }
}
