package io.millrace.group;

import io.millrace.group.ClassicMember.Protocol;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.JoinGroupRequest;
import io.millrace.protocol.JoinGroupRequest.JoinGroupRequestProtocol;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// What can be said of a JoinGroup request without looking at a group.
final class JoinChecks {
    private JoinChecks() {}

    static ErrorCode check(JoinGroupRequest request, GroupConfig config) {
        if (request.groupId().isEmpty()) {
            return ErrorCode.INVALID_GROUP_ID;
        }
        if (request.sessionTimeoutMs() < config.minSessionTimeoutMs()
                || request.sessionTimeoutMs() > config.maxSessionTimeoutMs()) {
            return ErrorCode.INVALID_SESSION_TIMEOUT;
        }
        return ErrorCode.NONE;
    }

    /// Version 0 has one timeout for both.
    static int rebalanceTimeoutMs(JoinGroupRequest request) {
        return request.rebalanceTimeoutMs() < 0
                ? request.sessionTimeoutMs()
                : request.rebalanceTimeoutMs();
    }

    /// Copies, since the group outlives the frame of the request.
    static List<Protocol> protocols(JoinGroupRequest request) {
        List<Protocol> protocols = new ArrayList<>(request.protocols().size());
        for (JoinGroupRequestProtocol one : request.protocols()) {
            protocols.add(new Protocol(one.name(), copy(one.metadata())));
        }
        return protocols;
    }

    static ByteBuffer copy(ByteBuffer bytes) {
        ByteBuffer copy = ByteBuffer.allocate(bytes.remaining());
        return copy.put(bytes.duplicate()).flip();
    }
}
