package io.millrace.clients.group;

import io.millrace.clients.network.ClusterClient;
import io.millrace.clients.network.ClusterClient.CoordinatorType;
import io.millrace.clients.network.Retry;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.HeartbeatRequest;
import io.millrace.protocol.HeartbeatResponse;
import io.millrace.protocol.JoinGroupRequest;
import io.millrace.protocol.JoinGroupResponse;
import io.millrace.protocol.LeaveGroupRequest;
import io.millrace.protocol.Request;
import io.millrace.protocol.Response;
import io.millrace.protocol.SyncGroupRequest;
import io.millrace.protocol.SyncGroupResponse;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/// The requests of a member to its coordinator, which is looked for anew when it turns out to be
/// another.
///
/// Owner thread: the loop.
final class GroupRequests {
    private static final int MORE_THAN_A_REBALANCE_MS = 5_000;

    private final ClusterClient client;
    private final GroupMember.Config config;

    GroupRequests(ClusterClient client, GroupMember.Config config) {
        this.client = client;
        this.config = config;
    }

    CompletionStage<JoinGroupResponse> join(
            String memberId, List<GroupMember.Protocol> protocols, String reason) {
        List<JoinGroupRequest.JoinGroupRequestProtocol> offered = protocols.stream()
                .map(each ->
                        new JoinGroupRequest.JoinGroupRequestProtocol(each.name(), each.metadata()))
                .toList();
        JoinGroupRequest request = JoinGroupRequest.DEFAULT
                .withGroupId(config.groupId())
                .withSessionTimeoutMs(config.sessionTimeoutMs())
                .withRebalanceTimeoutMs(config.rebalanceTimeoutMs())
                .withMemberId(memberId)
                .withGroupInstanceId(config.instanceId().orElse(null))
                .withProtocolType(config.protocolType())
                .withProtocols(offered)
                .withReason(reason);
        long timeoutMs = Math.max(
                client.settings().requestTimeoutMs(),
                (long) config.rebalanceTimeoutMs() + MORE_THAN_A_REBALANCE_MS);
        return send(request, (int) Math.min(Integer.MAX_VALUE, timeoutMs)).thenApply(answer -> {
            JoinGroupResponse joined = (JoinGroupResponse) answer;
            check(joined.errorCode());
            return joined;
        });
    }

    CompletionStage<SyncGroupResponse> sync(
            GroupMember.Generation generation, Map<String, ByteBuffer> shares) {
        List<SyncGroupRequest.SyncGroupRequestAssignment> assignments = new ArrayList<>();
        shares.forEach((member, share) ->
                assignments.add(new SyncGroupRequest.SyncGroupRequestAssignment(member, share)));
        SyncGroupRequest request = SyncGroupRequest.DEFAULT
                .withGroupId(config.groupId())
                .withGenerationId(generation.id())
                .withMemberId(generation.memberId())
                .withGroupInstanceId(config.instanceId().orElse(null))
                .withProtocolType(config.protocolType())
                .withProtocolName(generation.protocol())
                .withAssignments(assignments);
        return send(request, client.settings().requestTimeoutMs()).thenApply(answer -> {
            SyncGroupResponse synced = (SyncGroupResponse) answer;
            check(synced.errorCode());
            return synced;
        });
    }

    CompletionStage<ErrorCode> heartbeat(GroupMember.Generation generation) {
        HeartbeatRequest request = new HeartbeatRequest(
                config.groupId(),
                generation.id(),
                generation.memberId(),
                config.instanceId().orElse(null));
        return send(request, client.settings().requestTimeoutMs()).thenApply(answer -> {
            ErrorCode code = ((HeartbeatResponse) answer).errorCode();
            check(code);
            return code;
        });
    }

    CompletionStage<Response> leave(String memberId, String reason) {
        LeaveGroupRequest request = LeaveGroupRequest.DEFAULT
                .withGroupId(config.groupId())
                .withMembers(List.of(new LeaveGroupRequest.MemberIdentity(
                        memberId, config.instanceId().orElse(null), reason)));
        return send(request, client.settings().requestTimeoutMs());
    }

    private CompletionStage<Response> send(Request request, int timeoutMs) {
        return client.coordinators()
                .find(CoordinatorType.GROUP, config.groupId())
                .thenCompose(
                        node -> client.sendTo(node, request, ClusterClient.ANY_VERSION, timeoutMs))
                .whenComplete((answer, failure) -> {
                    if (failure != null && Retry.isDisconnect(failure)) {
                        forget();
                    }
                });
    }

    private void check(ErrorCode code) {
        if (code == ErrorCode.NOT_COORDINATOR || code == ErrorCode.COORDINATOR_NOT_AVAILABLE) {
            forget();
        }
    }

    private void forget() {
        client.coordinators().forget(CoordinatorType.GROUP, config.groupId());
    }
}
