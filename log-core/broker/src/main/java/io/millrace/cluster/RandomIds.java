package io.millrace.cluster;

import io.millrace.protocol.Uuid;

/// Ids from 64 random bits, by SplitMix64 (Steele, Lea and Flood, 2014): each seed gives a
/// sequence of its own.
final class RandomIds {
    private static final long STEP = 0x9E3779B97F4A7C15L;
    private static final long VERSION_4 = 0x4000L;
    private static final long VARIANT = 0x8000000000000000L;

    private final long seed;
    private long state;

    RandomIds(long seed) {
        this.seed = seed;
        this.state = seed;
    }

    long seed() {
        return seed;
    }

    /// A random id of version 4 whose text does not begin with a dash, which tools would take for
    /// an option.
    Uuid next() {
        while (true) {
            long high = nextLong() & ~0xF000L | VERSION_4;
            long low = nextLong() & 0x3FFFFFFFFFFFFFFFL | VARIANT;
            Uuid id = new Uuid(high, low);
            if (!id.toString().startsWith("-")) {
                return id;
            }
        }
    }

    private long nextLong() {
        state += STEP;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
