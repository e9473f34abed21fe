package io.millrace.examples.flights;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What was sent, or read, under each key: how many records, and a digest of their values in order.
/// Two ledgers agree only if every record is the same and stands in the same place of its key.
final class Ledger {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;
    private static final int END = 0x1ff; // no byte: two values are not one that is longer
    private static final int MAX_TOLD = 10;

    private final Map<Key, Entry> entries = new HashMap<>();
    private long records;
    private long bytes;

    private record Key(byte[] bytes) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && Arrays.equals(bytes, key.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }

        @Override
        public String toString() {
            return new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    private static final class Entry {
        private long count;
        private long digest = FNV_OFFSET;

        void add(byte[] value) {
            count++;
            for (byte b : value) {
                digest = (digest ^ (b & 0xff)) * FNV_PRIME;
            }
            digest = (digest ^ END) * FNV_PRIME;
        }

        @Override
        public String toString() {
            return count + " records with the digest " + Long.toHexString(digest);
        }
    }

    void add(byte[] key, byte[] value) {
        entries.computeIfAbsent(new Key(key), _ -> new Entry()).add(value);
        records++;
        bytes += key.length + value.length;
    }

    long records() {
        return records;
    }

    long bytes() {
        return bytes;
    }

    int keys() {
        return entries.size();
    }

    /// What the other one has otherwise, one line a key; empty if nothing.
    List<String> differences(Ledger other) {
        List<String> differences = new ArrayList<>();
        if (records != other.records) {
            differences.add("sent " + records + " records and read " + other.records);
        }
        compare(other, differences);
        for (Key key : other.entries.keySet()) {
            if (!entries.containsKey(key) && differences.size() < MAX_TOLD) {
                differences.add("nothing was sent under the key " + key);
            }
        }
        return differences;
    }

    private void compare(Ledger other, List<String> differences) {
        entries.forEach((key, entry) -> {
            String here = entry.toString();
            String there = Objects.toString(other.entries.get(key), "nothing");
            if (!here.equals(there) && differences.size() < MAX_TOLD) {
                differences.add("under the key " + key + ": sent " + here + ", read " + there);
            }
        });
    }
}
