package io.millrace.common.utils;

/// The hash that decides a key's partition in every Kafka client: Austin Appleby's MurmurHash2 of
/// 32 bits with a fixed seed.
public final class Murmur2 {
    private static final int SEED = 0x9747b28c;
    private static final int MULTIPLIER = 0x5bd1e995;
    private static final int SHIFT = 24;

    private Murmur2() {}

    public static int hash(byte[] data) {
        int length = data.length;
        int hash = SEED ^ length;
        int whole = length & ~3;
        for (int i = 0; i < whole; i += 4) {
            int word = (data[i] & 0xff)
                    | (data[i + 1] & 0xff) << 8
                    | (data[i + 2] & 0xff) << 16
                    | data[i + 3] << 24;
            word *= MULTIPLIER;
            word ^= word >>> SHIFT;
            hash = hash * MULTIPLIER ^ word * MULTIPLIER;
        }
        if (length > whole) {
            for (int i = length - 1; i >= whole; i--) {
                hash ^= (data[i] & 0xff) << 8 * (i - whole);
            }
            hash *= MULTIPLIER;
        }
        hash ^= hash >>> 13;
        hash *= MULTIPLIER;
        return hash ^ hash >>> 15;
    }

    /// The partition of a key among `partitions`.
    public static int partition(byte[] key, int partitions) {
        return (hash(key) & Integer.MAX_VALUE) % partitions;
    }
}
