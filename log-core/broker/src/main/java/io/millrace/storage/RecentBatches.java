package io.millrace.storage;

import java.util.Arrays;

/// Where the last batches of the active segment lie, so that a reader at the tail is served without
/// an index lookup, a scan or a disk; with the directory's clock of traffic at the append, which
/// tells whether the page cache can be relied on to still have them.
///
/// A ring that grows to its limit; an idle log costs nothing.
///
/// Owner thread: the log's loop.
final class RecentBatches {
    static final int NOT_FOUND = -1;
    private static final int FIRST_CAPACITY = 8;
    private static final int MAX_CAPACITY = 1024;

    private long[] offsets = new long[0];
    private long[] traffic = new long[0];
    private int[] positions = new int[0];
    private int first;
    private int count;

    void clear() {
        first = 0;
        count = 0;
    }

    void add(long baseOffset, int position, long trafficBytes) {
        if (count == offsets.length && !grow()) {
            first = first + 1 == count ? 0 : first + 1;
            count--;
        }
        int slot = slot(count++);
        offsets[slot] = baseOffset;
        positions[slot] = position;
        traffic[slot] = trafficBytes;
    }

    private boolean grow() {
        if (count == MAX_CAPACITY) {
            return false;
        }
        int capacity = count == 0 ? FIRST_CAPACITY : count * 2;
        offsets = Arrays.copyOf(offsets, capacity);
        positions = Arrays.copyOf(positions, capacity);
        traffic = Arrays.copyOf(traffic, capacity);
        return true;
    }

    private int slot(int index) {
        int slot = first + index;
        return slot >= offsets.length ? slot - offsets.length : slot;
    }

    /// The batch that holds the offset, for `position` and `traffic`; NOT_FOUND when it is older
    /// than all.
    int find(long offset) {
        int low = 0;
        int high = count - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (offsets[slot(middle)] <= offset) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }

    int position(int found) {
        return positions[slot(found)];
    }

    long traffic(int found) {
        return traffic[slot(found)];
    }

    /// Where the batch ends: where the next one begins, or the segment ends.
    int end(int found, int segmentSize) {
        return found + 1 < count ? positions[slot(found + 1)] : segmentSize;
    }
}
