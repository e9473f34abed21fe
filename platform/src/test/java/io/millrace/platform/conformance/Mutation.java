package io.millrace.platform.conformance;

import java.util.Arrays;
import java.util.SplittableRandom;

/// Damages bytes in the ways that find bugs: single bits, lengths with extreme values, pieces that
/// are missing or there twice.
final class Mutation {
    private static final int[] EXTREMES = {
        -1, 0, 1, 127, 128, 0x7fff, 0x7fff_ffff, 0x8000_0000, 0x00ff_ffff, 0x4000_0000
    };

    private Mutation() {}

    /// Some damage from byte `from` on.
    static byte[] of(SplittableRandom random, byte[] bytes, int from) {
        byte[] damaged = bytes.clone();
        for (int left = random.nextInt(1, 5); left > 0 && damaged.length > from + 8; left--) {
            damaged = once(random, damaged, from);
        }
        return damaged;
    }

    private static byte[] once(SplittableRandom random, byte[] bytes, int from) {
        int at = random.nextInt(from, bytes.length - 4);
        switch (random.nextInt(5)) {
            case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes[at] = (byte) random.nextInt();
            case 2 -> put(bytes, at, EXTREMES[random.nextInt(EXTREMES.length)]);
            case 3 -> {
                return Arrays.copyOf(bytes, at);
            }
            default -> {
                int size = random.nextInt(1, Math.min(64, bytes.length - at));
                byte[] longer = Arrays.copyOf(bytes, bytes.length + size);
                System.arraycopy(bytes, at, longer, at + size, bytes.length - at);
                return longer;
            }
        }
        return bytes;
    }

    static void put(byte[] bytes, int at, int value) {
        bytes[at] = (byte) (value >>> 24);
        bytes[at + 1] = (byte) (value >>> 16);
        bytes[at + 2] = (byte) (value >>> 8);
        bytes[at + 3] = (byte) value;
    }
}
