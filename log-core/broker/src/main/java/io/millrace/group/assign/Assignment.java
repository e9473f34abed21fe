package io.millrace.group.assign;

import io.millrace.protocol.Uuid;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Partitions of topics, by topic id. Immutable; no topic stands there without partitions.
public record Assignment(SortedMap<Uuid, SortedSet<Integer>> partitions) {
    public static final Assignment NONE = new Assignment(new TreeMap<>());

    public Assignment {
        SortedMap<Uuid, SortedSet<Integer>> copy = new TreeMap<>();
        partitions.forEach((topic, numbers) -> {
            if (!numbers.isEmpty()) {
                copy.put(topic, Collections.unmodifiableSortedSet(new TreeSet<>(numbers)));
            }
        });
        partitions = Collections.unmodifiableSortedMap(copy);
    }

    public SortedSet<Integer> of(Uuid topic) {
        SortedSet<Integer> found = partitions.get(topic);
        return found == null ? Collections.emptySortedSet() : found;
    }

    public boolean contains(Uuid topic, int partition) {
        return of(topic).contains(partition);
    }

    public boolean isEmpty() {
        return partitions.isEmpty();
    }

    public int size() {
        int size = 0;
        for (SortedSet<Integer> numbers : partitions.values()) {
            size += numbers.size();
        }
        return size;
    }
}
