package io.millrace.storage;

import io.millrace.protocol.CorruptLog;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// The two indexes of one segment in memory: every few kilobytes a batch's last offset and
/// position, and the largest timestamp so far with its offset. Kept so for the segment that is
/// appended to, and written to `.index` and `.timeindex` once when it is sealed: a crash before
/// that loses nothing, since recovery rebuilds what it scans.
///
/// Owner thread: the log's loop while it grows; then it does not change and goes anywhere.
public final class SegmentIndex {
    static final int OFFSET_ENTRY = 8;
    static final int TIME_ENTRY = 12;
    private static final int FIRST_CAPACITY = 8;

    private final long baseOffset;
    private int[] offsets = new int[0];
    private int[] positions = new int[0];
    private int count;
    private long[] times = new long[0];
    private int[] timeOffsets = new int[0];
    private int timeCount;

    public SegmentIndex(long baseOffset) {
        this.baseOffset = baseOffset;
    }

    /// Reads back what {@link #offsetEntries} and {@link #timeEntries} wrote. Trailing zeros, which
    /// Kafka leaves in the files of the segment that it appends to, are no entries.
    static SegmentIndex read(long baseOffset, ByteBuffer offsetFile, ByteBuffer timeFile) {
        SegmentIndex index = new SegmentIndex(baseOffset);
        while (offsetFile.remaining() >= OFFSET_ENTRY) {
            int offset = offsetFile.getInt();
            int position = offsetFile.getInt();
            if (index.count > 0 && offset <= index.offsets[index.count - 1]) {
                if (offset == 0 && position == 0) {
                    break;
                }
                throw new CorruptLog(
                        "The offset index of segment " + baseOffset + " is not in order");
            }
            if (offset == 0 && position == 0) {
                break;
            }
            index.addPosition(baseOffset + offset, position);
        }
        while (timeFile.remaining() >= TIME_ENTRY) {
            long time = timeFile.getLong();
            int offset = timeFile.getInt();
            if (time == 0 && offset == 0) {
                break;
            }
            index.addTime(time, baseOffset + offset);
        }
        return index;
    }

    boolean isFull(int maxBytes) {
        return count >= maxBytes / OFFSET_ENTRY || timeCount >= maxBytes / TIME_ENTRY - 1;
    }

    public void addPosition(long offset, int position) {
        if (count == offsets.length) {
            int capacity = Math.max(FIRST_CAPACITY, count * 2);
            offsets = Arrays.copyOf(offsets, capacity);
            positions = Arrays.copyOf(positions, capacity);
        }
        offsets[count] = (int) (offset - baseOffset);
        positions[count++] = position;
    }

    /// Only a later time than all before is kept.
    void addTime(long timestamp, long offset) {
        if (timestamp < 0 || timeCount > 0 && timestamp <= times[timeCount - 1]) {
            return;
        }
        if (timeCount == times.length) {
            int capacity = Math.max(FIRST_CAPACITY, timeCount * 2);
            times = Arrays.copyOf(times, capacity);
            timeOffsets = Arrays.copyOf(timeOffsets, capacity);
        }
        times[timeCount] = timestamp;
        timeOffsets[timeCount++] = (int) (offset - baseOffset);
    }

    /// Where to begin to look for the offset: the start of a batch at or before it.
    public int positionBefore(long offset) {
        int found = floor(offsets, count, (int) Math.min(offset - baseOffset, Integer.MAX_VALUE));
        return found < 0 ? 0 : positions[found];
    }

    /// The last position in the index, from where a scan reaches the segment's end soonest.
    int lastPosition() {
        return count == 0 ? 0 : positions[count - 1];
    }

    /// An offset before which no record has this time or a later one.
    long offsetBefore(long timestamp) {
        int low = 0;
        int high = timeCount - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (times[middle] < timestamp) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high < 0 ? baseOffset : baseOffset + timeOffsets[high];
    }

    long lastTime() {
        return timeCount == 0 ? -1 : times[timeCount - 1];
    }

    long lastTimeOffset() {
        return timeCount == 0 ? baseOffset : baseOffset + timeOffsets[timeCount - 1];
    }

    /// The index of the last element not above the key, or -1.
    private static int floor(int[] sorted, int count, int key) {
        int found = Arrays.binarySearch(sorted, 0, count, key);
        return found >= 0 ? found : -found - 2;
    }

    ByteBuffer offsetEntries() {
        ByteBuffer bytes = ByteBuffer.allocate(count * OFFSET_ENTRY);
        for (int i = 0; i < count; i++) {
            bytes.putInt(offsets[i]).putInt(positions[i]);
        }
        return bytes.flip();
    }

    ByteBuffer timeEntries() {
        ByteBuffer bytes = ByteBuffer.allocate(timeCount * TIME_ENTRY);
        for (int i = 0; i < timeCount; i++) {
            bytes.putLong(times[i]).putInt(timeOffsets[i]);
        }
        return bytes.flip();
    }
}
