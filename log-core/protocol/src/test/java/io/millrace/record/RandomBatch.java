package io.millrace.record;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// The content of a batch, drawn from a seed: what the tests compare everything with.
record RandomBatch(
        long baseOffset,
        int leaderEpoch,
        long producerId,
        short producerEpoch,
        List<Entry> entries) {

    record Entry(
            long offset,
            long timestampMs,
            byte @Nullable [] key,
            byte @Nullable [] value,
            List<RecordHeader> headers) {}

    static RandomBatch of(SplittableRandom random) {
        long base = random.nextInt(3) == 0 ? 0 : random.nextLong(1L << 40);
        boolean hasProducer = random.nextBoolean();
        int count = random.nextInt(4) == 0 ? random.nextInt(1, 400) : random.nextInt(1, 12);
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long timestamp = 1_700_000_000_000L + random.nextInt(-5_000, 100_000);
            List<RecordHeader> headers = new ArrayList<>();
            for (int left = random.nextInt(4) == 0 ? random.nextInt(5) : 0; left > 0; left--) {
                String key = random.nextBoolean() ? "plain" + left : "größe-" + left;
                headers.add(new LogRecord.Header(key, bytes(random, 40)));
            }
            entries.add(
                    new Entry(base + i, timestamp, bytes(random, 30), bytes(random, 900), headers));
        }
        return new RandomBatch(
                base,
                random.nextInt(100),
                hasProducer ? random.nextLong(1 << 20) : -1,
                (short) (hasProducer ? random.nextInt(1000) : -1),
                entries);
    }

    private static byte @Nullable [] bytes(SplittableRandom random, int most) {
        int kind = random.nextInt(8);
        if (kind == 0) {
            return null;
        }
        byte[] bytes = new byte[kind == 1 ? 0 : random.nextInt(most)];
        if (kind < 5) {
            random.nextBytes(bytes);
            return bytes;
        }
        byte[] text =
                "all work and no play makes jack a dull boy; ".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = text[i % text.length];
        }
        return bytes;
    }
}
