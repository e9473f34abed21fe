package io.millrace.group.assign;

import io.millrace.protocol.Uuid;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Each topic is cut into as many consecutive ranges as it has subscribers; the first ones are one
/// longer where it does not divide. Topics with equal numbers of partitions and the same
/// subscribers are cut alike, so partitions of the same number meet at one member.
public record Range() implements Assignor {
    static final String NAME = "range";

    /// Static members first, by instance id: a static member that comes back under another member
    /// id keeps its place.
    private static final Comparator<Map.Entry<String, GroupSpec.Member>> ORDER = (one, other) -> {
        String instance = one.getValue().instanceId();
        String otherInstance = other.getValue().instanceId();
        if (instance != null && otherInstance != null) {
            return instance.compareTo(otherInstance);
        }
        if (instance == null && otherInstance == null) {
            return one.getKey().compareTo(other.getKey());
        }
        return instance != null ? -1 : 1;
    };

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public SortedMap<String, Assignment> assign(GroupSpec spec) {
        List<Map.Entry<String, GroupSpec.Member>> members =
                new ArrayList<>(spec.members().entrySet());
        members.sort(ORDER);
        SortedMap<String, SortedMap<Uuid, SortedSet<Integer>>> assigned = new TreeMap<>();
        members.forEach(member -> assigned.put(member.getKey(), new TreeMap<>()));
        spec.topics().forEach((topic, partitions) -> {
            List<String> subscribers = new ArrayList<>();
            for (Map.Entry<String, GroupSpec.Member> member : members) {
                if (member.getValue().topics().contains(topic)) {
                    subscribers.add(member.getKey());
                }
            }
            divide(topic, partitions, subscribers, assigned);
        });
        SortedMap<String, Assignment> result = new TreeMap<>();
        assigned.forEach((member, topics) -> result.put(member, new Assignment(topics)));
        return result;
    }

    private static void divide(
            Uuid topic,
            int partitions,
            List<String> subscribers,
            SortedMap<String, SortedMap<Uuid, SortedSet<Integer>>> assigned) {
        int next = 0;
        for (int i = 0; i < subscribers.size(); i++) {
            int length =
                    partitions / subscribers.size() + (i < partitions % subscribers.size() ? 1 : 0);
            SortedSet<Integer> range = new TreeSet<>();
            for (int end = next + length; next < end; next++) {
                range.add(next);
            }
            SortedMap<Uuid, SortedSet<Integer>> topics = assigned.get(subscribers.get(i));
            if (topics != null) {
                topics.put(topic, range);
            }
        }
    }
}
