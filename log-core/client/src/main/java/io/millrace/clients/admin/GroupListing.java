package io.millrace.clients.admin;

import io.millrace.common.GroupState;
import io.millrace.common.GroupType;
import java.util.Optional;

/// A group, in short.
public record GroupListing(
        String groupId,
        Optional<GroupType> type,
        String protocol,
        Optional<GroupState> groupState) {
    public boolean isSimpleConsumerGroup() {
        return type.filter(t -> t == GroupType.CLASSIC).isPresent() && protocol.isEmpty();
    }
}
