package io.millrace.group;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.HeartbeatRequest;
import io.millrace.protocol.HeartbeatResponse;
import io.millrace.protocol.JoinGroupRequest;
import io.millrace.protocol.JoinGroupRequest.JoinGroupRequestProtocol;
import io.millrace.protocol.JoinGroupResponse;
import io.millrace.protocol.LeaveGroupRequest;
import io.millrace.protocol.LeaveGroupRequest.MemberIdentity;
import io.millrace.protocol.LeaveGroupResponse;
import io.millrace.protocol.SyncGroupRequest;
import io.millrace.protocol.SyncGroupRequest.SyncGroupRequestAssignment;
import io.millrace.protocol.SyncGroupResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A member of the classic protocol; tests change its fields to make it say something else.
final class ClassicClient {
    private final TestCoordinator coordinator;
    private final String group;
    private final String clientId;
    String memberId = "";

    @Nullable
    String instanceId;

    String protocolType = "consumer";
    List<String> protocols = List.of("range");
    ByteBuffer metadata = bytes("subscription");
    int generation = -1;
    int sessionTimeoutMs = 45_000;
    int rebalanceTimeoutMs = 60_000;
    int version = 9;
    long lastTicket;
    private String leader = "";

    ClassicClient(TestCoordinator coordinator, String group, String clientId) {
        this.coordinator = coordinator;
        this.group = group;
        this.clientId = clientId;
    }

    ClassicClient session(int timeoutMs) {
        sessionTimeoutMs = timeoutMs;
        return this;
    }

    static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
    }

    /// Joins and is answered at once.
    JoinGroupResponse join() {
        sendJoin();
        return (JoinGroupResponse) coordinator.answer(lastTicket);
    }

    /// Joins and has to wait.
    void joinAndWait() {
        sendJoin();
        assertFalse(coordinator.isAnswered(lastTicket));
    }

    void sendJoin() {
        List<JoinGroupRequestProtocol> spoken = new ArrayList<>();
        protocols.forEach(name -> spoken.add(new JoinGroupRequestProtocol(name, metadata)));
        lastTicket = coordinator.submit(new GroupCommand.Join(
                new Caller(clientId, "/127.0.0.1", version),
                new JoinGroupRequest(
                        group,
                        sessionTimeoutMs,
                        rebalanceTimeoutMs,
                        memberId,
                        instanceId,
                        protocolType,
                        spoken,
                        null)));
    }

    /// Joins with the two steps that a new member needs; the answer comes later.
    void firstJoin() {
        if (instanceId == null) {
            memberId = join().memberId();
        }
        joinAndWait();
    }

    /// The answer to the last join, which the member takes over.
    JoinGroupResponse joined() {
        JoinGroupResponse answer = (JoinGroupResponse) coordinator.answer(lastTicket);
        took(answer);
        return answer;
    }

    void took(JoinGroupResponse answer) {
        memberId = answer.memberId();
        generation = answer.generationId();
        leader = answer.leader();
    }

    boolean leads() {
        return memberId.equals(leader);
    }

    /// Syncs and is answered at once.
    SyncGroupResponse sync(Map<String, String> assignments) {
        sendSync(assignments);
        return (SyncGroupResponse) coordinator.answer(lastTicket);
    }

    void sendSync(Map<String, String> assignments) {
        List<SyncGroupRequestAssignment> assigned = new ArrayList<>();
        assignments.forEach((member, text) ->
                assigned.add(new SyncGroupRequestAssignment(member, bytes(text))));
        lastTicket = coordinator.submit(new GroupCommand.Sync(new SyncGroupRequest(
                group, generation, memberId, instanceId, protocolType, null, assigned)));
    }

    void syncBytes(Map<String, ByteBuffer> assignments) {
        List<SyncGroupRequestAssignment> assigned = new ArrayList<>();
        assignments.forEach(
                (member, bytes) -> assigned.add(new SyncGroupRequestAssignment(member, bytes)));
        coordinator.call(new GroupCommand.Sync(new SyncGroupRequest(
                group, generation, memberId, instanceId, protocolType, null, assigned)));
    }

    ErrorCode heartbeat() {
        return ((HeartbeatResponse) coordinator.call(new GroupCommand.Heartbeat(
                        new HeartbeatRequest(group, generation, memberId, instanceId))))
                .errorCode();
    }

    ErrorCode leave() {
        LeaveGroupResponse answer =
                (LeaveGroupResponse) coordinator.call(new GroupCommand.Leave(new LeaveGroupRequest(
                        group, "", List.of(new MemberIdentity(memberId, instanceId, null)))));
        return answer.members().getFirst().errorCode();
    }
}
