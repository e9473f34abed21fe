package io.millrace.group.assign;

import io.millrace.protocol.Uuid;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What an assignor is asked: the members by id, and how many partitions each topic has.
///
/// @param topics only topics that exist
public record GroupSpec(SortedMap<String, Member> members, SortedMap<Uuid, Integer> topics) {
    /// @param instanceId not null for a static member
    /// @param topics what it is subscribed to, of the topics that exist
    /// @param current what it was to have until now
    public record Member(@Nullable String instanceId, SortedSet<Uuid> topics, Assignment current) {
        public Member {
            topics = Collections.unmodifiableSortedSet(new TreeSet<>(topics));
        }
    }

    public GroupSpec {
        members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
        topics = Collections.unmodifiableSortedMap(new TreeMap<>(topics));
    }

    /// Whether all members are subscribed to the same topics.
    boolean isHomogeneous() {
        SortedSet<Uuid> first = null;
        for (Member member : members.values()) {
            if (first != null && !first.equals(member.topics())) {
                return false;
            }
            first = member.topics();
        }
        return true;
    }
}
