package io.millrace.record;

import io.millrace.protocol.MalformedFrame;
import java.nio.ByteBuffer;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;
import net.jpountz.xxhash.XXHash32;
import net.jpountz.xxhash.XXHashFactory;

/// The LZ4 frame format as Kafka's clients use it: independent blocks of 64 KiB, no content size,
/// no content checksum. Frames with larger blocks, block checksums or a content size are read.
final class Lz4Codec implements Codec {
    private static final int MAGIC = 0x184D2204;
    private static final int VERSION = 1 << 6;
    private static final int VERSION_MASK = 3 << 6;
    private static final int INDEPENDENT = 1 << 5;
    private static final int BLOCK_CHECKSUM = 1 << 4;
    private static final int CONTENT_SIZE = 1 << 3;
    private static final int CONTENT_CHECKSUM = 1 << 2;
    private static final int RESERVED_FLAG = 1 << 1;
    private static final int DICTIONARY = 1;
    private static final int SIZE_CODE_64_KIB = 4 << 4;
    private static final int BLOCK_BYTES = 64 << 10;
    private static final int UNCOMPRESSED = 0x8000_0000;

    private final LZ4Factory factory = LZ4Factory.fastestInstance();
    private final LZ4SafeDecompressor decompressor = factory.safeDecompressor();
    private final XXHash32 hash = XXHashFactory.fastestInstance().hash32();

    @Override
    public void compress(ByteBuffer from, int level, GrowingBytes to) {
        LZ4Compressor compressor = level == Compression.LZ4.defaultLevel()
                ? factory.fastCompressor()
                : factory.highCompressor(level);
        to.putReversed(MAGIC);
        int flags = VERSION | INDEPENDENT;
        byte[] descriptor = {(byte) flags, SIZE_CODE_64_KIB, 0};
        descriptor[2] = (byte) (hash.hash(descriptor, 0, 2, 0) >>> 8);
        to.put(descriptor, 0, descriptor.length);
        while (from.hasRemaining()) {
            block(compressor, from, Math.min(BLOCK_BYTES, from.remaining()), to);
        }
        to.putReversed(0);
    }

    private static void block(
            LZ4Compressor compressor, ByteBuffer from, int length, GrowingBytes to) {
        int most = compressor.maxCompressedLength(length);
        to.room(4L + Math.max(most, length));
        int at = to.size() + 4;
        ByteBuffer target = ByteBuffer.wrap(to.array());
        int size = compressor.compress(from, from.position(), length, target, at, most);
        if (size >= length) {
            to.putReversed(length | UNCOMPRESSED);
            from.get(to.array(), at, length);
            to.wrote(length);
        } else {
            to.putReversed(size);
            to.wrote(size);
            from.position(from.position() + length);
        }
    }

    @Override
    public void decompress(ByteBuffer from, GrowingBytes to) {
        to.expect(3L * from.remaining());
        do {
            frame(from, to);
        } while (from.hasRemaining());
    }

    private void frame(ByteBuffer from, GrowingBytes to) {
        int header = from.position();
        if (reversed(from) != MAGIC) {
            throw new MalformedFrame("no LZ4 frame");
        }
        need(from, 3);
        int flags = from.get();
        int blockBytes = blockBytes(flags, from.get());
        if ((flags & CONTENT_SIZE) != 0) {
            need(from, 9);
            from.position(from.position() + 8);
        }
        int described = from.position() - header - 4;
        int sum = hash.hash(from, header + 4, described, 0) >>> 8 & 0xff;
        if ((from.get() & 0xff) != sum) {
            throw new MalformedFrame("the header of an LZ4 frame is damaged");
        }
        boolean hasSums = (flags & BLOCK_CHECKSUM) != 0;
        for (int size = reversed(from); size != 0; size = reversed(from)) {
            block(from, size, blockBytes, to);
            if (hasSums) {
                checkBlock(from, size & ~UNCOMPRESSED);
            }
        }
        if ((flags & CONTENT_CHECKSUM) != 0) {
            reversed(from); // the batch has a checksum of its own
        }
    }

    private static int blockBytes(int flags, int descriptor) {
        int code = descriptor >>> 4 & 0x7;
        boolean known = (flags & VERSION_MASK) == VERSION
                && (flags & INDEPENDENT) != 0
                && (flags & (RESERVED_FLAG | DICTIONARY)) == 0
                && (descriptor & 0x8f) == 0
                && code >= 4;
        if (!known) {
            throw new MalformedFrame("an LZ4 frame with features that are not supported");
        }
        return 1 << 8 + 2 * code;
    }

    private void block(ByteBuffer from, int sizeAndFlag, int blockBytes, GrowingBytes to) {
        int size = sizeAndFlag & ~UNCOMPRESSED;
        if (size > from.remaining() || size > blockBytes) {
            throw new MalformedFrame(
                    "an LZ4 block claims " + size + " bytes of " + from.remaining());
        }
        if ((sizeAndFlag & UNCOMPRESSED) != 0) {
            to.put(from.slice(from.position(), size));
        } else {
            inflate(from, size, blockBytes, to);
        }
        from.position(from.position() + size);
    }

    private void inflate(ByteBuffer from, int size, int blockBytes, GrowingBytes to) {
        to.expect(blockBytes);
        int space = Math.min(to.free(), blockBytes);
        try {
            ByteBuffer target = ByteBuffer.wrap(to.array());
            to.wrote(
                    decompressor.decompress(from, from.position(), size, target, to.size(), space));
        } catch (LZ4Exception e) {
            if (space < blockBytes) {
                to.room(blockBytes); // it may have been the limit: says so
            }
            throw new MalformedFrame("LZ4 data is damaged", e);
        }
    }

    private void checkBlock(ByteBuffer from, int size) {
        int sum = hash.hash(from, from.position() - size, size, 0);
        if (reversed(from) != sum) {
            throw new MalformedFrame("the checksum of an LZ4 block does not match");
        }
    }

    private static int reversed(ByteBuffer from) {
        need(from, 4);
        return Integer.reverseBytes(from.getInt());
    }

    private static void need(ByteBuffer from, int bytes) {
        if (from.remaining() < bytes) {
            throw new MalformedFrame("an LZ4 frame ends early");
        }
    }
}
