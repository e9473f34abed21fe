package io.millrace.group;

import io.millrace.cluster.SortedTree;
import io.millrace.protocol.ConsumerGroupMemberMetadataValue;
import io.millrace.protocol.ConsumerGroupMemberMetadataValue.ClassicMemberMetadata;
import io.millrace.protocol.Uuid;
import org.jspecify.annotations.Nullable;

/// A member of a consumer group.
///
/// @param epoch the epoch that its assignment belongs to; what its heartbeats and commits must name
/// @param previousEpoch the one before, in case the answer with the present one was lost
/// @param assigned by topic and partition: the epoch since which it has the partition
/// @param revoking what it still holds and has been told to give up
/// @param profile what it says of itself, as it is stored
record ConsumerMember(
        String id,
        int epoch,
        int previousEpoch,
        MemberState state,
        SortedTree<Uuid, SortedTree<Integer, Integer>> assigned,
        SortedTree<Uuid, SortedTree<Integer, Integer>> revoking,
        ConsumerGroupMemberMetadataValue profile) {
    static final int LEFT = -1;
    /// The epoch of a static member that is away and may come back.
    static final int AWAY = -2;

    static ConsumerMember unknown(String id) {
        return new ConsumerMember(
                id,
                0,
                -1,
                MemberState.STABLE,
                SortedTree.empty(),
                SortedTree.empty(),
                ConsumerGroupMemberMetadataValue.DEFAULT);
    }

    @Nullable
    String instanceId() {
        return profile.instanceId();
    }

    /// Whether it speaks the classic protocol.
    boolean isClassic() {
        return profile.classicMemberMetadata() != null;
    }

    /// The session timeout that a classic member asked for; 0 for others.
    int classicSessionTimeoutMs() {
        ClassicMemberMetadata classic = profile.classicMemberMetadata();
        return classic == null ? 0 : classic.sessionTimeoutMs();
    }

    /// Empty when it is subscribed by names alone.
    String regex() {
        String regex = profile.subscribedTopicRegex();
        return regex == null ? "" : regex;
    }

    boolean isReconciledTo(int targetEpoch) {
        return state == MemberState.STABLE && epoch == targetEpoch;
    }

    ConsumerMember with(ConsumerGroupMemberMetadataValue newProfile) {
        return new ConsumerMember(id, epoch, previousEpoch, state, assigned, revoking, newProfile);
    }

    ConsumerMember withEpochs(int newEpoch, int newPrevious) {
        return new ConsumerMember(id, newEpoch, newPrevious, state, assigned, revoking, profile);
    }

    ConsumerMember withId(String newId) {
        return new ConsumerMember(newId, epoch, previousEpoch, state, assigned, revoking, profile);
    }
}
