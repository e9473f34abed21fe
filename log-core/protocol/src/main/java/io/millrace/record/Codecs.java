package io.millrace.record;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Compresses and decompresses the records of batches. Belongs to one thread, which keeps it as
/// long as it handles batches: buffers and native contexts are made once. What a call returns is
/// valid until the next call.
public final class Codecs implements AutoCloseable {
    private final @Nullable Codec[] codecs = new Codec[Compression.values().length];
    private final GrowingBytes out = new GrowingBytes();

    /// Consumes `from`.
    public ByteBuffer compress(Compression compression, int level, ByteBuffer from) {
        out.begin(Integer.MAX_VALUE);
        if (compression == Compression.NONE) {
            out.put(from);
        } else {
            codec(compression).compress(from, level, out);
        }
        return out.view();
    }

    /// The same behind what `to` holds already.
    void compress(Compression compression, int level, ByteBuffer from, GrowingBytes to) {
        codec(compression).compress(from, level, to);
    }

    /// Consumes `from`. Throws `MalformedFrame` when it is damaged, or as soon as it turns out to
    /// be longer than `maxBytes`: a few kilobytes can claim to be gigabytes ([#wasTooLarge]).
    public ByteBuffer decompress(Compression compression, ByteBuffer from, int maxBytes) {
        out.begin(maxBytes);
        if (compression == Compression.NONE) {
            return from.slice();
        }
        codec(compression).decompress(from, out);
        return out.view();
    }

    /// Decompresses piece by piece, of 4 MiB at most unless a block is larger; a piece is valid
    /// during the call. Consumes `from`; throws `MalformedFrame` when it is damaged.
    public void decompress(Compression compression, ByteBuffer from, Consumer<ByteBuffer> pieces) {
        if (compression == Compression.NONE) {
            pieces.accept(from);
            return;
        }
        out.begin(pieces);
        codec(compression).decompress(from, out);
        out.passOn();
    }

    /// Whether the last call failed because of `maxBytes`.
    public boolean wasTooLarge() {
        return out.hasOverflowed();
    }

    private Codec codec(Compression compression) {
        Codec codec = codecs[compression.ordinal()];
        if (codec == null) {
            codec = create(compression);
            codecs[compression.ordinal()] = codec;
        }
        return codec;
    }

    private static Codec create(Compression compression) {
        return switch (compression) {
            case GZIP -> new GzipCodec();
            case SNAPPY -> new SnappyCodec();
            case LZ4 -> new Lz4Codec();
            case ZSTD -> new ZstdCodec();
            case NONE -> throw new IllegalArgumentException("no codec is needed");
        };
    }

    @Override
    public void close() {
        for (Codec codec : codecs) {
            if (codec != null) {
                codec.close();
            }
        }
    }
}
