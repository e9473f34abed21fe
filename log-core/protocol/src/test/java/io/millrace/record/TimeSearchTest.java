package io.millrace.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.protocol.MalformedFrame;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// A search by time against a walk over all records of the batch.
final class TimeSearchTest {
    private static final int LARGEST_PIECE = 4 << 20;

    @Test
    void findsWhatAWalkFinds() {
        SplittableRandom random = new SplittableRandom(17);
        for (int i = 0; i < 2_000; i++) {
            RandomBatch content = RandomBatch.of(random);
            Compression compression = Compression.values()[i % Compression.values().length];
            boolean hasAppendTime = random.nextInt(4) == 0;
            ByteBuffer batch = batch(content, compression, hasAppendTime);
            RandomBatch.Entry near =
                    content.entries().get(random.nextInt(content.entries().size()));
            long wanted = near.timestampMs() + random.nextInt(-1, 2);
            long from = content.baseOffset() + random.nextInt(content.entries().size() + 1);
            assertEquals(
                    walked(batch, wanted, from),
                    searched(batch, wanted, from, random),
                    "batch " + i);
        }
    }

    private static ByteBuffer batch(
            RandomBatch content, Compression compression, boolean hasAppendTime) {
        BatchBuilder builder = new BatchBuilder();
        builder.begin(content.baseOffset());
        if (hasAppendTime) {
            builder.appendTime(1_700_000_050_000L);
        }
        content.entries()
                .forEach(entry -> builder.appendArrays(
                        entry.offset(),
                        entry.timestampMs(),
                        entry.key(),
                        entry.value(),
                        entry.headers()));
        try (Codecs codecs = new Codecs()) {
            return copy(builder.finish(codecs, compression, compression.defaultLevel()));
        }
    }

    private static ByteBuffer copy(ByteBuffer from) {
        return ByteBuffer.allocate(from.remaining()).put(from).flip();
    }

    private static String walked(ByteBuffer batch, long wantedMs, long fromOffset) {
        try (BatchReader reader = new BatchReader(Integer.MAX_VALUE - 64)) {
            reader.begin(batch);
            assertTrue(reader.nextBatch());
            while (reader.nextRecord()) {
                if (reader.timestampMs() >= wantedMs && reader.offset() >= fromOffset) {
                    return reader.offset() + "@" + reader.timestampMs();
                }
            }
            return "nothing";
        }
    }

    private static String searched(
            ByteBuffer batch, long wantedMs, long fromOffset, SplittableRandom random) {
        TimeSearch search = new TimeSearch(batch, wantedMs, fromOffset);
        decompress(batch, piece -> {
            while (piece.hasRemaining()) {
                int size = random.nextInt(1, piece.remaining() + 1);
                search.piece(piece.slice(piece.position(), size));
                piece.position(piece.position() + size);
            }
        });
        return search.isFound() ? search.offset() + "@" + search.timestampMs() : "nothing";
    }

    private static void decompress(ByteBuffer batch, Consumer<ByteBuffer> pieces) {
        int size = batch.remaining() - RecordBatch.HEADER_BYTES;
        Compression compression =
                Compression.of(RecordBatch.compressionId(batch, 0)).orElseThrow();
        try (Codecs codecs = new Codecs()) {
            codecs.decompress(compression, batch.slice(RecordBatch.HEADER_BYTES, size), pieces);
        }
    }

    @Test
    void aBatchThatBecomesLargeComesInSmallPieces() {
        byte[] value = new byte[1 << 20];
        for (Compression compression :
                List.of(Compression.GZIP, Compression.SNAPPY, Compression.LZ4, Compression.ZSTD)) {
            BatchBuilder builder = new BatchBuilder();
            builder.begin(100);
            for (int i = 0; i < 64; i++) {
                builder.appendArrays(100 + i, 1_000 + i, null, value, List.of());
            }
            ByteBuffer batch;
            try (Codecs codecs = new Codecs()) {
                batch = copy(builder.finish(codecs, compression, compression.defaultLevel()));
            }
            AtomicInteger largest = new AtomicInteger();
            AtomicLong all = new AtomicLong();
            TimeSearch search = new TimeSearch(batch, 1_063, 0);
            decompress(batch, piece -> {
                largest.accumulateAndGet(piece.remaining(), Math::max);
                all.addAndGet(piece.remaining());
                search.piece(piece);
            });
            assertTrue(all.get() > 64L << 20, compression + ": " + all);
            assertTrue(largest.get() <= LARGEST_PIECE, compression + ": " + largest);
            assertEquals(163, search.offset(), compression.toString());
        }
    }

    @Test
    void damageIsToldAsSuch() {
        SplittableRandom random = new SplittableRandom(18);
        int told = 0;
        for (int i = 0; i < 2_000; i++) {
            byte[] noise = new byte[random.nextInt(1, 100)];
            random.nextBytes(noise);
            ByteBuffer batch = batch(RandomBatch.of(random), Compression.NONE, false);
            TimeSearch search = new TimeSearch(batch, Long.MAX_VALUE, 0);
            try {
                search.piece(ByteBuffer.wrap(noise));
            } catch (MalformedFrame e) {
                told++;
            }
        }
        assertTrue(told > 500, told + " of 2000");
        TimeSearch search =
                new TimeSearch(batch(RandomBatch.of(random), Compression.NONE, false), 0, 0);
        assertThrows(
                MalformedFrame.class,
                () -> search.piece(ByteBuffer.wrap(new byte[] {4, 0, (byte) 0x80, (byte) 0x80})));
    }
}
