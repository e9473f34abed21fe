package io.millrace.group;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A member of a classic group.
///
/// @param instanceId not null for a static member
/// @param protocols what it can speak, the best first
/// @param assignment what the leader gave it in the present generation
/// @param joinTicket the parked reply of its JoinGroup; 0 when none waits
/// @param syncTicket the parked reply of its SyncGroup; 0 when none waits
/// @param isNew joined the first time in the present rebalance: its client knows no member id yet
///     and cannot send heartbeats
/// @param synced has asked for its assignment in the present generation
record ClassicMember(
        String id,
        @Nullable String instanceId,
        Client client,
        int rebalanceTimeoutMs,
        int sessionTimeoutMs,
        List<Protocol> protocols,
        ByteBuffer assignment,
        long joinTicket,
        long syncTicket,
        boolean isNew,
        boolean synced) {
    static final long NONE = 0;
    static final ByteBuffer NO_BYTES = ByteBuffer.allocate(0);

    record Client(String id, String host) {}

    /// One way to assign, with the member's own metadata for it. The bytes are never changed.
    record Protocol(String name, ByteBuffer metadata) {}

    ClassicMember {
        protocols = List.copyOf(protocols);
    }

    boolean awaitsJoin() {
        return joinTicket != NONE;
    }

    boolean awaitsSync() {
        return syncTicket != NONE;
    }

    boolean isStatic() {
        return instanceId != null;
    }

    boolean supports(String protocol) {
        return protocols.stream().anyMatch(one -> one.name().equals(protocol));
    }

    ByteBuffer metadata(@Nullable String protocol) {
        for (Protocol one : protocols) {
            if (one.name().equals(protocol)) {
                return one.metadata().duplicate();
            }
        }
        return NO_BYTES.duplicate();
    }

    ClassicMember withId(String newId) {
        return new ClassicMember(
                newId,
                instanceId,
                client,
                rebalanceTimeoutMs,
                sessionTimeoutMs,
                protocols,
                assignment,
                joinTicket,
                syncTicket,
                isNew,
                synced);
    }

    ClassicMember withJoin(long ticket, boolean stillNew) {
        return new ClassicMember(
                id,
                instanceId,
                client,
                rebalanceTimeoutMs,
                sessionTimeoutMs,
                protocols,
                assignment,
                ticket,
                syncTicket,
                stillNew,
                synced);
    }

    ClassicMember withSync(long ticket, boolean nowSynced) {
        return new ClassicMember(
                id,
                instanceId,
                client,
                rebalanceTimeoutMs,
                sessionTimeoutMs,
                protocols,
                assignment,
                joinTicket,
                ticket,
                isNew,
                nowSynced);
    }

    ClassicMember withAssignment(ByteBuffer newAssignment) {
        return new ClassicMember(
                id,
                instanceId,
                client,
                rebalanceTimeoutMs,
                sessionTimeoutMs,
                protocols,
                newAssignment,
                joinTicket,
                syncTicket,
                isNew,
                synced);
    }

    /// What a member says of itself each time it joins.
    ClassicMember updated(int rebalanceMs, int sessionMs, List<Protocol> newProtocols) {
        return new ClassicMember(
                id,
                instanceId,
                client,
                rebalanceMs,
                sessionMs,
                newProtocols,
                assignment,
                joinTicket,
                syncTicket,
                isNew,
                synced);
    }
}
