package io.millrace.clients.producer;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The partition that records of one topic without a key go to (KIP-794): one partition until it
/// got about a batch's worth of bytes, then another by chance. Where loads are known, a partition's
/// chance is the greater the shorter its queue; a partition that is left out has none.
///
/// The chance comes in with the call. Callers hold the monitor.
final class StickyChoice {
    private final int stickyBytes;
    private int partition = -1;
    private int bytes;
    private int @Nullable [] ids;
    private int @Nullable [] cumulative;

    StickyChoice(int stickyBytes) {
        this.stickyBytes = Math.max(1, stickyBytes);
    }

    synchronized int current(int partitions, int random) {
        if (partition < 0 || partition >= partitions) {
            partition = choose(partitions, random);
            bytes = 0;
        }
        return partition;
    }

    /// Counts what went to the partition, and moves on when it is enough: at the end of a batch,
    /// or, so that slow batches do not hold it forever, after twice the bytes.
    synchronized void wrote(int to, int size, boolean endedBatch, int partitions, int random) {
        if (to != partition) {
            return;
        }
        bytes += size;
        if (bytes >= stickyBytes && endedBatch || bytes >= 2L * stickyBytes) {
            partition = choose(partitions, random);
            bytes = 0;
        }
    }

    /// What the sender knows of the queues of the partitions that can be reached; an empty array
    /// where it knows nothing.
    synchronized void loads(int[] partitionIds, int[] queueSizes) {
        if (partitionIds.length < 2) {
            ids = null;
            cumulative = null;
            return;
        }
        int longest = Arrays.stream(queueSizes).max().orElse(0);
        int[] sums = new int[queueSizes.length];
        int sum = 0;
        for (int i = 0; i < sums.length; i++) {
            sum += longest + 1 - queueSizes[i];
            sums[i] = sum;
        }
        ids = partitionIds;
        cumulative = sums;
    }

    private int choose(int partitions, int random) {
        int[] known = ids;
        int[] sums = cumulative;
        int positive = random & Integer.MAX_VALUE;
        if (known == null || sums == null) {
            return positive % partitions;
        }
        int at = positive % sums[sums.length - 1];
        int found = Arrays.binarySearch(sums, at + 1);
        int chosen = known[found >= 0 ? found : -found - 1];
        return chosen < partitions ? chosen : positive % partitions;
    }
}
