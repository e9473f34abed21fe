package io.millrace.record;

import io.millrace.protocol.Check;
import io.millrace.protocol.MalformedFrame;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.xerial.snappy.Snappy;

/// Snappy blocks in the framing of snappy-java's stream, which is what Kafka's Java clients write:
/// a header of 16 bytes, then blocks with their length before them. Other clients write one bare
/// block; both are read.
final class SnappyCodec implements Codec {
    private static final byte[] HEADER = {
        (byte) 0x82, 'S', 'N', 'A', 'P', 'P', 'Y', 0, 0, 0, 0, 1, 0, 0, 0, 1
    };
    private static final int MAGIC_BYTES = 8;
    private static final int BLOCK_BYTES = 32 << 10;

    private byte[] scratch = new byte[0];

    @Override
    public void compress(ByteBuffer from, int level, GrowingBytes to) {
        to.put(HEADER, 0, HEADER.length);
        byte[] input = array(from);
        int at = from.hasArray() ? from.arrayOffset() + from.position() : 0;
        int end = at + from.remaining();
        from.position(from.limit());
        try {
            for (; at < end; at += BLOCK_BYTES) {
                int length = Math.min(BLOCK_BYTES, end - at);
                to.room(4 + Snappy.maxCompressedLength(length));
                int start = to.size();
                int size = Snappy.compress(input, at, length, to.array(), start + 4);
                to.putInt(size);
                to.wrote(size);
            }
        } catch (IOException e) {
            throw Check.failed("snappy cannot compress: " + e);
        }
    }

    @Override
    public void decompress(ByteBuffer from, GrowingBytes to) {
        byte[] input = array(from);
        int at = from.hasArray() ? from.arrayOffset() + from.position() : 0;
        int end = at + from.remaining();
        from.position(from.limit());
        try {
            if (!isFramed(input, at, end)) {
                block(input, at, end - at, to);
                return;
            }
            int next = at + HEADER.length;
            while (next < end) {
                if (end - next < 4) {
                    throw new MalformedFrame("a snappy stream ends early");
                }
                int length = ByteBuffer.wrap(input, next, 4).getInt();
                next += 4;
                if (length < 0 || length > end - next) {
                    throw new MalformedFrame(
                            "a snappy block claims " + length + " bytes of " + (end - next));
                }
                block(input, next, length, to);
                next += length;
            }
        } catch (IOException e) {
            throw new MalformedFrame("snappy data is damaged", e);
        }
    }

    private static boolean isFramed(byte[] input, int at, int end) {
        if (end - at < HEADER.length) {
            return false;
        }
        for (int i = 0; i < MAGIC_BYTES; i++) {
            if (input[at + i] != HEADER[i]) {
                return false;
            }
        }
        return true;
    }

    private static void block(byte[] input, int at, int length, GrowingBytes to)
            throws IOException {
        int size = Snappy.uncompressedLength(input, at, length);
        if (size < 0) {
            throw new MalformedFrame("a snappy block claims a negative size");
        }
        to.room(size);
        // It writes exactly the size that the block claims, or fails.
        to.wrote(Snappy.uncompress(input, at, length, to.array(), to.size()));
    }

    /// The bytes of `from` as an array: its own where it has one.
    private byte[] array(ByteBuffer from) {
        if (from.hasArray()) {
            return from.array();
        }
        if (scratch.length < from.remaining()) {
            scratch = new byte[from.remaining()];
        }
        from.get(from.position(), scratch, 0, from.remaining());
        return scratch;
    }
}
