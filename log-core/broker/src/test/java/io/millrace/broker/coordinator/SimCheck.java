package io.millrace.broker.coordinator;

import io.millrace.protocol.Uuid;
import io.millrace.sim.InvariantBroken;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/// What must hold of a group whatever happens: `OneOwnerAPartition` and `OffsetsOnlyForward`.
final class SimCheck {
    record Place(Uuid topic, int partition) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int order = topic.compareTo(other.topic);
            return order != 0 ? order : Integer.compare(partition, other.partition);
        }
    }

    private final Map<Place, String> owners = new TreeMap<>();
    private final Map<Place, Long> acknowledged = new TreeMap<>();
    private long handedOut;

    static Uuid topicId(String name) {
        return new Uuid(7, name.charAt(0));
    }

    static String name(Uuid topic) {
        return String.valueOf((char) topic.low());
    }

    void held(String member, SortedMap<Uuid, SortedSet<Integer>> partitions) {
        partitions.forEach((topic, numbers) -> numbers.forEach(number -> {
            String other = owners.put(new Place(topic, number), member);
            if (other != null && !other.equals(member)) {
                throw new InvariantBroken(
                        "OneOwnerAPartition",
                        name(topic) + "-" + number + " is held by " + other + " and " + member);
            }
        }));
    }

    void released(String member, SortedMap<Uuid, SortedSet<Integer>> partitions) {
        partitions.forEach((topic, numbers) ->
                numbers.forEach(number -> owners.remove(new Place(topic, number), member)));
    }

    /// An offset that is larger than any that was committed before.
    long next(Uuid topic, int partition) {
        return ++handedOut;
    }

    void committed(Uuid topic, int partition, long offset) {
        acknowledged.merge(new Place(topic, partition), offset, Math::max);
    }

    /// What is acknowledged by now. An answer may be older than what was acknowledged while it was
    /// on its way, but not older than the question.
    Question asked() {
        return new Question(new TreeMap<>(acknowledged));
    }

    /// A question after the offsets, and what the answer must know.
    record Question(Map<Place, Long> acknowledged) {
        void told(Uuid topic, int partition, long offset) {
            long least = acknowledged.getOrDefault(new Place(topic, partition), -1L);
            if (offset < least) {
                throw new InvariantBroken(
                        "OffsetsOnlyForward",
                        name(topic) + "-" + partition + " stands at " + offset + ", but " + least
                                + " was acknowledged");
            }
        }
    }

    int owned() {
        return owners.size();
    }

    int committedPartitions() {
        return acknowledged.size();
    }
}
