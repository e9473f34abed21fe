package io.millrace.clients.admin;

import io.millrace.common.GroupState;
import io.millrace.common.GroupType;
import io.millrace.common.Node;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// A group with its members.
public record ConsumerGroupDescription(
        String groupId,
        GroupType type,
        GroupState groupState,
        String partitionAssignor,
        Node coordinator,
        Collection<MemberDescription> members,
        Optional<Integer> groupEpoch) {
    public ConsumerGroupDescription {
        members = List.copyOf(members);
    }

    public boolean isSimpleConsumerGroup() {
        return type == GroupType.CLASSIC && partitionAssignor.isEmpty() && members.isEmpty();
    }
}
