package io.millrace.sim;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// The content of one simulated file: what programs see, what is safe on the disk, and the changes
/// between the two, of which a loss of power lets any part through, sector by sector.
final class SimContent {
    private static final int SECTOR = 512;

    private byte[] seen = new byte[0];
    private int seenSize;
    private byte[] durable = new byte[0];
    private int durableSize;
    private final List<Change> pending = new ArrayList<>();
    long modifiedMs;

    /// A change that is not safe yet.
    private sealed interface Change {
        record Write(int at, byte[] bytes) implements Change {}

        record Truncate(int size) implements Change {}
    }

    int size() {
        return seenSize;
    }

    int read(ByteBuffer into, long position) {
        int length = (int) Math.min(into.remaining(), Math.max(0, seenSize - position));
        if (length > 0) {
            into.put(seen, (int) position, length);
        }
        return length;
    }

    void write(ByteBuffer from, int at) {
        byte[] bytes = new byte[from.remaining()];
        from.get(bytes);
        pending.add(new Change.Write(at, bytes));
        int end = at + bytes.length;
        seen = roomFor(seen, end);
        System.arraycopy(bytes, 0, seen, at, bytes.length);
        seenSize = Math.max(seenSize, end);
    }

    void truncate(int size) {
        if (size < seenSize) {
            pending.add(new Change.Truncate(size));
            Arrays.fill(seen, size, seenSize, (byte) 0);
            seenSize = size;
        }
    }

    void force() {
        for (Change change : pending) {
            switch (change) {
                case Change.Write(int at, byte[] bytes) -> reach(at, bytes, 0, bytes.length);
                case Change.Truncate(int size) -> cut(size);
            }
        }
        pending.clear();
    }

    /// Forgets that there is anything to be made safe, though it is not.
    void forgetPending() {
        pending.clear();
    }

    /// What a loss of power leaves: the safe content, and of each change since what chance lets
    /// through.
    void losePower(SplittableRandom random, double survival) {
        for (Change change : pending) {
            switch (change) {
                case Change.Write(int at, byte[] bytes) -> survivors(random, survival, at, bytes);
                case Change.Truncate(int size) -> {
                    if (random.nextDouble() < survival) {
                        cut(size);
                    }
                }
            }
        }
        pending.clear();
        seen = durable.clone();
        seenSize = durableSize;
    }

    private void survivors(SplittableRandom random, double survival, int at, byte[] bytes) {
        int from = 0;
        while (from < bytes.length) {
            int to = Math.min(bytes.length, ((at + from) / SECTOR + 1) * SECTOR - at);
            if (random.nextDouble() < survival) {
                reach(at, bytes, from, to);
            }
            from = to;
        }
        // The length is kept elsewhere than the data, and may get there without it.
        if (random.nextDouble() < survival) {
            int end = at + random.nextInt(bytes.length + 1);
            durable = roomFor(durable, end);
            durableSize = Math.max(durableSize, end);
        }
    }

    private void reach(int at, byte[] bytes, int from, int to) {
        durable = roomFor(durable, at + to);
        System.arraycopy(bytes, from, durable, at + from, to - from);
        durableSize = Math.max(durableSize, at + to);
    }

    private void cut(int size) {
        if (size < durableSize) {
            Arrays.fill(durable, size, durableSize, (byte) 0);
            durableSize = size;
        }
    }

    private static byte[] roomFor(byte[] bytes, int size) {
        return size <= bytes.length
                ? bytes
                : Arrays.copyOf(bytes, Math.max(size, 2 * bytes.length));
    }
}
