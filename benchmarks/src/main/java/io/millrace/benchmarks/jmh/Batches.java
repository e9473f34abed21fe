package io.millrace.benchmarks.jmh;

import io.millrace.record.BatchBuilder;
import io.millrace.record.Codecs;
import io.millrace.record.Compression;
import io.millrace.record.RecordHeader;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/// Batches as producers send them: text that compresses to about half.
final class Batches {
    private static final int KEY_BYTES = 16;
    private static final long FIRST_TIME_MS = 1_700_000_000_000L;

    private Batches() {}

    static ByteBuffer of(int records, int valueBytes, Compression compression) {
        SplittableRandom random = new SplittableRandom(1);
        BatchBuilder builder = new BatchBuilder();
        builder.begin(0);
        for (int i = 0; i < records; i++) {
            builder.append(
                    i,
                    FIRST_TIME_MS + i,
                    text(random, KEY_BYTES),
                    text(random, valueBytes),
                    RecordHeader.NONE);
        }
        try (Codecs codecs = new Codecs()) {
            ByteBuffer built = builder.finish(codecs, compression, compression.defaultLevel());
            return ByteBuffer.allocateDirect(built.remaining()).put(built).flip();
        }
    }

    private static ByteBuffer text(SplittableRandom random, int bytes) {
        byte[] text = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            text[i] = (byte) (random.nextBoolean() ? 'e' : random.nextInt('a', 'z'));
        }
        return ByteBuffer.wrap(text);
    }
}
