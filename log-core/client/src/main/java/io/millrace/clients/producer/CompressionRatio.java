package io.millrace.clients.producer;

/// How well the records compress, learned from the batches that were sent, so that `batch.size` can
/// count compressed bytes. Written by the loop, read by threads that send.
final class CompressionRatio {
    private static final double MOST_GAIN = 8;
    private static final double WEIGHT = 0.1;
    private static final double CAUTION = 0.9;

    private final boolean isCompressed;
    private volatile double ratio = 1;

    CompressionRatio(boolean isCompressed) {
        this.isCompressed = isCompressed;
    }

    void learn(int plain, int packed) {
        if (isCompressed && plain > 0) {
            double seen = Math.min(1, (double) packed / plain);
            ratio = seen > ratio ? seen : ratio + (seen - ratio) * WEIGHT;
        }
    }

    /// A batch turned out too large: start over carefully.
    void reset() {
        ratio = 1;
    }

    /// How many uncompressed bytes make a batch of this size.
    int plainBytes(int batchBytes) {
        if (!isCompressed) {
            return batchBytes;
        }
        double gain = Math.min(MOST_GAIN, 1 / ratio);
        return (int) Math.min(Integer.MAX_VALUE / 4, batchBytes * (gain > 1 ? gain * CAUTION : 1));
    }
}
