package io.millrace.storage;

import java.util.Arrays;

/// Which leader's epoch began at which offset; written to `leader-epoch-checkpoint`. The batches
/// carry their epochs too, so what a crash loses of the file is found again by recovery.
///
/// Invariant: epochs and offsets both rise.
///
/// Owner thread: the log's loop.
final class LeaderEpochs {
    private int[] epochs = new int[0];
    private long[] starts = new long[0];
    private int count;

    int last() {
        return count == 0 ? -1 : epochs[count - 1];
    }

    int size() {
        return count;
    }

    int epoch(int index) {
        return epochs[index];
    }

    long start(int index) {
        return starts[index];
    }

    /// A batch of this epoch was appended at this offset. True when this is news.
    boolean assign(int epoch, long startOffset) {
        if (epoch < 0 || epoch <= last() && count > 0) {
            return false;
        }
        while (count > 0 && starts[count - 1] >= startOffset) {
            count--;
        }
        if (count == epochs.length) {
            epochs = Arrays.copyOf(epochs, Math.max(2, count * 2));
            starts = Arrays.copyOf(starts, Math.max(2, count * 2));
        }
        epochs[count] = epoch;
        starts[count++] = startOffset;
        return true;
    }

    EpochEnd endOf(int epoch, long logEnd) {
        if (epoch < 0) {
            return EpochEnd.UNKNOWN;
        }
        if (count > 0 && epoch == last()) {
            return new EpochEnd(epoch, logEnd);
        }
        int higher = 0;
        while (higher < count && epochs[higher] <= epoch) {
            higher++;
        }
        if (higher == count) {
            return EpochEnd.UNKNOWN;
        }
        return new EpochEnd(higher == 0 ? epoch : epochs[higher - 1], starts[higher]);
    }

    int epochAt(long offset) {
        int found = -1;
        for (int i = 0; i < count && starts[i] <= offset; i++) {
            found = epochs[i];
        }
        return found;
    }

    /// The log ends here now. True when that changed something.
    boolean truncateFrom(long endOffset) {
        int before = count;
        while (count > 0 && starts[count - 1] >= endOffset) {
            count--;
        }
        return count != before;
    }

    /// The log starts here now: the epoch that holds this offset starts here too.
    boolean truncateBefore(long startOffset) {
        int drop = 0;
        while (drop + 1 < count && starts[drop + 1] <= startOffset) {
            drop++;
        }
        boolean moves = count > 0 && starts[drop] < startOffset;
        if (drop > 0) {
            System.arraycopy(epochs, drop, epochs, 0, count - drop);
            System.arraycopy(starts, drop, starts, 0, count - drop);
            count -= drop;
        }
        if (moves) {
            starts[0] = startOffset;
        }
        return drop > 0 || moves;
    }

    LeaderEpochs copy() {
        LeaderEpochs copy = new LeaderEpochs();
        copy.epochs = Arrays.copyOf(epochs, count);
        copy.starts = Arrays.copyOf(starts, count);
        copy.count = count;
        return copy;
    }
}
