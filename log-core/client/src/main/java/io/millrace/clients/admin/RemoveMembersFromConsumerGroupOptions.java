package io.millrace.clients.admin;

import java.util.Collection;

/// Whom to remove; an empty collection is everybody.
public record RemoveMembersFromConsumerGroupOptions(
        Collection<MemberToRemove> members, String reason) {
    public RemoveMembersFromConsumerGroupOptions() {
        this(java.util.List.of(), "");
    }

    public RemoveMembersFromConsumerGroupOptions members(Collection<MemberToRemove> wanted) {
        return new RemoveMembersFromConsumerGroupOptions(wanted, reason);
    }

    public RemoveMembersFromConsumerGroupOptions reason(String wanted) {
        return new RemoveMembersFromConsumerGroupOptions(members, wanted);
    }
}
