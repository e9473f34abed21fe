package io.millrace.clients.consumer;

import java.time.Duration;
import java.util.Optional;

/// How to close a consumer.
public final class CloseOptions {
    private final Optional<Duration> timeout;
    private final GroupMembershipOperation operation;

    /// What becomes of the membership. By default a dynamic member leaves and a static one stays.
    public enum GroupMembershipOperation {
        LEAVE_GROUP,
        REMAIN_IN_GROUP,
        DEFAULT
    }

    private CloseOptions(Optional<Duration> timeout, GroupMembershipOperation operation) {
        this.timeout = timeout;
        this.operation = operation;
    }

    public static CloseOptions timeout(Duration timeout) {
        return new CloseOptions(Optional.of(timeout), GroupMembershipOperation.DEFAULT);
    }

    public static CloseOptions groupMembershipOperation(GroupMembershipOperation operation) {
        return new CloseOptions(Optional.empty(), operation);
    }

    public CloseOptions withTimeout(Duration limit) {
        return new CloseOptions(Optional.of(limit), operation);
    }

    public CloseOptions withGroupMembershipOperation(GroupMembershipOperation other) {
        return new CloseOptions(timeout, other);
    }

    public GroupMembershipOperation groupMembershipOperation() {
        return operation;
    }

    public Optional<Duration> timeout() {
        return timeout;
    }
}
