package io.millrace.record;

import com.github.luben.zstd.EndDirective;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import io.millrace.protocol.MalformedFrame;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Zstandard frames. The contexts are kept, since making one costs more than a small batch does.
final class ZstdCodec implements Codec {
    /// A frame with a larger window makes its context larger than is worth keeping.
    private static final int KEPT_INPUT_BYTES = 8 << 20;

    private @Nullable ZstdCompressCtx compressor;
    private @Nullable ZstdDecompressCtx decompressor;

    @Override
    public void compress(ByteBuffer from, int level, GrowingBytes to) {
        if (compressor == null) {
            compressor = new ZstdCompressCtx();
        }
        ZstdCompressCtx context = compressor;
        context.reset();
        context.setLevel(level);
        context.setPledgedSrcSize(from.remaining());
        to.expect(from.remaining() / 2);
        boolean isDone = false;
        while (!isDone) {
            to.room(Math.max(512, from.remaining() / 4));
            ByteBuffer target = ByteBuffer.wrap(to.array(), to.size(), to.free());
            isDone = context.compressByteBufferStream(target, from, EndDirective.END);
            to.wrote(target.position() - to.size());
        }
    }

    @Override
    public void decompress(ByteBuffer from, GrowingBytes to) {
        if (decompressor == null) {
            decompressor = new ZstdDecompressCtx();
        }
        ZstdDecompressCtx context = decompressor;
        context.reset();
        to.expect(4L * from.remaining());
        try {
            while (from.hasRemaining()) {
                frame(context, from, to);
            }
        } catch (ZstdException e) {
            throw new MalformedFrame("zstd data is damaged", e);
        } finally {
            if (to.total() > KEPT_INPUT_BYTES) {
                context.close();
                decompressor = null;
            }
        }
    }

    private static void frame(ZstdDecompressCtx context, ByteBuffer from, GrowingBytes to) {
        boolean isDone = false;
        while (!isDone) {
            to.room(1);
            int read = from.position();
            ByteBuffer target = ByteBuffer.wrap(to.array(), to.size(), to.free());
            isDone = context.decompressByteBufferStream(target, from);
            int written = target.position() - to.size();
            to.wrote(written);
            if (!isDone && written == 0 && from.position() == read) {
                throw new MalformedFrame("a zstd frame ends early");
            }
        }
    }

    @Override
    public void close() {
        if (compressor != null) {
            compressor.close();
        }
        if (decompressor != null) {
            decompressor.close();
        }
    }
}
