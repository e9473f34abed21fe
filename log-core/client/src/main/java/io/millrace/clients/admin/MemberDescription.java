package io.millrace.clients.admin;

import java.util.Optional;

/// A member of a group. `memberEpoch` is there for the consumer protocol alone.
public record MemberDescription(
        String memberId,
        Optional<String> groupInstanceId,
        String clientId,
        String host,
        MemberAssignment assignment,
        Optional<MemberAssignment> targetAssignment,
        Optional<Integer> memberEpoch) {
    public String consumerId() {
        return memberId;
    }
}
