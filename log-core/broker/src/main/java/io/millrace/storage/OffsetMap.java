package io.millrace.storage;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/// The last offset of each key, for compaction. Keys stand as their MD5, 24 bytes an entry whatever
/// their length, in open addressing: two keys of one hash would lose a record, which at 128 bits
/// does not happen.
///
/// Grows up to its memory; then it is full, and the compaction ends at the offset that it reached.
///
/// Owner thread: the compaction's.
final class OffsetMap {
    static final int ENTRY_BYTES = 24;
    private static final int FIRST_SLOTS = 1024;
    private static final double LOAD = 0.75;

    private final int maxSlots;
    private final MessageDigest digest;
    private final byte[] hash = new byte[16];
    private long[] slots = new long[FIRST_SLOTS * 3];
    private int count;

    OffsetMap(long maxBytes) {
        long most = Long.highestOneBit(Math.max(FIRST_SLOTS, maxBytes / ENTRY_BYTES));
        this.maxSlots = (int) Math.min(most, Integer.highestOneBit(Integer.MAX_VALUE / 3));
        try {
            this.digest = MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }

    int size() {
        return count;
    }

    /// Whether another `put` may not find room.
    boolean isFull() {
        return count + 1 > maxSlots * LOAD;
    }

    /// Later offsets come later.
    void put(ByteBuffer key, long offset) {
        if (count + 1 > slots.length / 3 * LOAD) {
            grow();
        }
        hash(key);
        ByteBuffer bytes = ByteBuffer.wrap(hash);
        int slot = find(slots, bytes.getLong(0), bytes.getLong(8));
        if (slots[slot + 2] == 0) {
            slots[slot] = bytes.getLong(0);
            slots[slot + 1] = bytes.getLong(8);
            count++;
        }
        slots[slot + 2] = offset + 1;
    }

    /// -1 when the key is not there.
    long get(ByteBuffer key) {
        hash(key);
        ByteBuffer bytes = ByteBuffer.wrap(hash);
        return slots[find(slots, bytes.getLong(0), bytes.getLong(8)) + 2] - 1;
    }

    private void hash(ByteBuffer key) {
        digest.update(key.duplicate());
        byte[] result = digest.digest();
        System.arraycopy(result, 0, hash, 0, hash.length);
    }

    /// The slot that holds the hash, or a free one. An offset is stored one higher, so that 0 is
    /// free.
    private static int find(long[] slots, long high, long low) {
        int mask = slots.length / 3 - 1;
        int at = (int) high & mask;
        while (slots[at * 3 + 2] != 0 && (slots[at * 3] != high || slots[at * 3 + 1] != low)) {
            at = at + 1 & mask;
        }
        return at * 3;
    }

    private void grow() {
        long[] old = slots;
        slots = new long[Math.min(maxSlots, old.length / 3 * 2) * 3];
        for (int at = 0; at < old.length; at += 3) {
            if (old[at + 2] != 0) {
                int slot = find(slots, old[at], old[at + 1]);
                System.arraycopy(old, at, slots, slot, 3);
            }
        }
        Arrays.fill(old, 0);
    }
}
