package io.millrace.buildtools.fuzz;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/// Inputs that resemble good ones: what each build tries, a number of them and not a time, so that
/// it is the same everywhere. The search that looks at what an input reaches is Jazzer's.
/// `-Dfuzz.seeds=1000000` tries more, `-Dfuzz.seed` repeats one.
public final class Mutations {
    private static final int MOST_CHANGES = 4;
    private static final int MOST_INSERTED = 64;
    private static final byte[] TELLING = {0, 1, -1, 0x7f, (byte) 0x80};

    private final SplittableRandom random;

    private Mutations(SplittableRandom random) {
        this.random = random;
    }

    /// Gives the test so many inputs made from the good ones.
    public static void run(int runs, List<byte[]> good, Consumer<byte[]> test) {
        Integer one = Integer.getInteger("fuzz.seed");
        int last = one == null ? Integer.getInteger("fuzz.seeds", runs) : one;
        for (int seed = one == null ? 1 : one; seed <= last; seed++) {
            byte[] input = new Mutations(new SplittableRandom(seed)).input(good);
            try {
                test.accept(input);
            } catch (RuntimeException | Error failure) {
                String hex = HexFormat.of().formatHex(input);
                throw new AssertionError("Seed " + seed + " fails: " + hex, failure);
            }
        }
    }

    private byte[] input(List<byte[]> good) {
        byte[] input = any(good).clone();
        for (int left = random.nextInt(MOST_CHANGES + 1); left > 0; left--) {
            input = changed(input, good);
        }
        return input;
    }

    private byte[] any(List<byte[]> good) {
        return good.get(random.nextInt(good.size()));
    }

    private byte[] changed(byte[] input, List<byte[]> good) {
        int at = random.nextInt(input.length + 1);
        switch (random.nextInt(7)) {
            case 0 -> {
                return Arrays.copyOf(input, at);
            }
            case 1 -> {
                return spliced(input, at, any(good));
            }
            case 2 -> {
                return inserted(input, at, random.nextInt(1, MOST_INSERTED));
            }
            case 3 -> fill(input, at, TELLING[random.nextInt(TELLING.length)]);
            case 4 -> fill(input, at, (byte) random.nextInt());
            default -> {
                if (at < input.length) {
                    input[at] ^= (byte) (1 << random.nextInt(8));
                }
            }
        }
        return input;
    }

    /// The beginning of one and the end of another.
    private byte[] spliced(byte[] input, int at, byte[] other) {
        int from = random.nextInt(other.length + 1);
        byte[] both = Arrays.copyOf(input, at + other.length - from);
        System.arraycopy(other, from, both, at, other.length - from);
        return both;
    }

    private byte[] inserted(byte[] input, int at, int count) {
        byte[] longer = Arrays.copyOf(input, input.length + count);
        System.arraycopy(input, at, longer, at + count, input.length - at);
        for (int i = at; i < at + count; i++) {
            longer[i] = (byte) random.nextInt();
        }
        return longer;
    }

    private void fill(byte[] input, int at, byte value) {
        int end = Math.min(input.length, at + (1 << random.nextInt(4)));
        Arrays.fill(input, Math.min(at, end), end, value);
    }
}
