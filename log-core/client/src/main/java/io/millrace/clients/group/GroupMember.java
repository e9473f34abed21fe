package io.millrace.clients.group;

import io.millrace.clients.network.ClusterClient;
import io.millrace.clients.network.Retry;
import io.millrace.common.errors.ApiException;
import io.millrace.common.errors.Failures;
import io.millrace.common.errors.RetriableException;
import io.millrace.host.Loop;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.JoinGroupResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// One member of a group that shares work by the classic protocol: any protocol type, opaque bytes,
/// and an assignment that the leader's participant makes. It joins, takes part in every rebalance,
/// says that it lives, and leaves. See docs/decisions/0009-group-member.md for what a participant
/// may rely on.
///
/// ```
/// out --join--> preparing --given up--> joining --answer--> syncing --assignment--> stable
///                  ^                        |                  |                      |
///                  +------ rebalance, lost membership, errors that may go away -------+
/// ```
/// What comes from an attempt that is over is recognized by its round number and ignored.
///
/// Owner thread: the loop; `generation` may be read anywhere.
public final class GroupMember {
    private static final String FIRST_JOIN = "joining";

    private enum State {
        OUT,
        PREPARING,
        JOINING,
        SYNCING,
        STABLE,
        CLOSED
    }

    private final ClusterClient client;
    private final Loop loop;
    private final Config config;
    private final Participant participant;
    private final GroupRequests requests;
    private volatile Generation generation = Generation.NONE;
    private State state = State.OUT;
    private int round;
    private int failures;
    private boolean holdsAssignment;
    private boolean mustRejoin;
    private String reason = FIRST_JOIN;
    private Loop.@Nullable Scheduled heartbeat;

    public GroupMember(ClusterClient client, Config config, Participant participant) {
        this.client = client;
        this.loop = client.loop();
        this.config = config;
        this.participant = participant;
        this.requests = new GroupRequests(client, config);
    }

    /// Who the member is and how it takes part.
    ///
    /// @param protocolType what the members share, `consumer` or `connect` for example
    /// @param instanceId makes the member static
    public record Config(
            String groupId,
            Optional<String> instanceId,
            String protocolType,
            int sessionTimeoutMs,
            int rebalanceTimeoutMs,
            int heartbeatIntervalMs) {}

    /// The membership at one moment; `id` is -1 outside of a generation.
    public record Generation(int id, String memberId, String protocol) {
        public static final Generation NONE = new Generation(-1, "", "");
    }

    /// A way to share that the participant offers, with what others need to know of it.
    public record Protocol(String name, ByteBuffer metadata) {}

    /// A member as the leader sees it.
    public record Member(String id, Optional<String> instanceId, ByteBuffer metadata) {}

    /// What the work is. Called on the loop, one call at a time; stages complete on the loop.
    public interface Participant {
        /// What to offer in the next round, best first.
        List<Protocol> protocols();

        /// A rebalance begins: give up what must not be worked on during it. The member does not
        /// join before this completes, and goes on saying that it lives.
        CompletionStage<Void> prepare(Generation current);

        /// Called on the leader alone: who gets what, by member id. Members left out get empty
        /// bytes.
        CompletionStage<Map<String, ByteBuffer>> assign(String protocol, List<Member> members);

        /// This member's share of the new generation.
        void assigned(Generation current, ByteBuffer assignment);

        /// The membership is gone and with it, without a chance to give it up, the assignment.
        void lost(String why);

        /// It cannot be a member; nothing more is tried until `join`.
        void failed(ApiException why);
    }

    public Generation generation() {
        return generation;
    }

    /// Whether it has an assignment of the group's present generation, as far as it knows.
    public boolean isStable() {
        return state == State.STABLE;
    }

    /// Becomes a member. Harmless when it is one or about to be.
    public void join() {
        if (state == State.OUT) {
            failures = 0;
            prepare();
        }
    }

    /// Starts a rebalance, because what the participant offers has changed for example.
    public void rejoin(String why) {
        reason = why;
        switch (state) {
            case STABLE -> prepare();
            case JOINING, SYNCING -> mustRejoin = true;
            case OUT, PREPARING, CLOSED -> {}
        }
    }

    /// Ends the membership; `tell` says so to the group, so that others need not wait for the
    /// session to end. The participant keeps its assignment or gives it up by itself.
    public CompletionStage<Void> leave(boolean tell, String why) {
        boolean isKnown = !generation.memberId().isEmpty();
        String memberId = generation.memberId();
        stop(State.OUT);
        generation = Generation.NONE;
        if (!tell || !isKnown) {
            return CompletableFuture.completedFuture(null);
        }
        return requests.leave(memberId, why).handle((answer, failure) -> null);
    }

    /// Ends everything without a word.
    public void close() {
        stop(State.CLOSED);
    }

    private void stop(State to) {
        round++;
        state = to;
        holdsAssignment = false;
        stopHeartbeat();
    }

    private void prepare() {
        state = State.PREPARING;
        int mine = ++round;
        mustRejoin = false;
        CompletionStage<Void> ready = holdsAssignment
                ? participant.prepare(generation)
                : CompletableFuture.completedFuture(null);
        ready.whenComplete((nothing, failure) -> onLoop(mine, this::sendJoin));
    }

    /// Runs the task unless the round is over.
    private void onLoop(int mine, Runnable task) {
        if (loop.isCurrent()) {
            if (mine == round) {
                task.run();
            }
        } else {
            loop.execute(() -> onLoop(mine, task));
        }
    }

    private void sendJoin() {
        state = State.JOINING;
        stopHeartbeat();
        int mine = ++round;
        requests.join(generation.memberId(), participant.protocols(), reason)
                .whenComplete((answer, failure) -> onLoop(mine, () -> {
                    if (failure != null) {
                        lostContact(Retry.bare(failure));
                    } else {
                        joined(answer);
                    }
                }));
    }

    private void joined(JoinGroupResponse answer) {
        if (answer.errorCode() != ErrorCode.NONE) {
            refused(answer.errorCode(), answer.memberId());
            return;
        }
        failures = 0;
        String protocol = answer.protocolName() == null ? "" : answer.protocolName();
        generation = new Generation(answer.generationId(), answer.memberId(), protocol);
        state = State.SYNCING;
        beatLater();
        int mine = round;
        boolean isLeader = answer.leader().equals(answer.memberId()) && !answer.skipAssignment();
        CompletionStage<Map<String, ByteBuffer>> shares =
                isLeader ? assign(protocol, answer) : CompletableFuture.completedFuture(Map.of());
        shares.whenComplete((made, failure) -> onLoop(mine, () -> {
            if (failure != null) {
                again(true);
            } else {
                sync(made);
            }
        }));
    }

    private CompletionStage<Map<String, ByteBuffer>> assign(
            String protocol, JoinGroupResponse answer) {
        List<Member> members = answer.members().stream()
                .map(each -> new Member(
                        each.memberId(),
                        Optional.ofNullable(each.groupInstanceId()),
                        each.metadata()))
                .toList();
        try {
            return participant.assign(protocol, members);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void sync(Map<String, ByteBuffer> shares) {
        int mine = round;
        requests.sync(generation, shares)
                .whenComplete((answer, failure) -> onLoop(mine, () -> {
                    if (failure != null) {
                        lostContact(Retry.bare(failure));
                    } else if (answer.errorCode() != ErrorCode.NONE) {
                        refused(answer.errorCode(), generation.memberId());
                    } else {
                        synced(answer.assignment());
                    }
                }));
    }

    private void synced(ByteBuffer assignment) {
        state = State.STABLE;
        failures = 0;
        reason = "a rebalance of the group";
        holdsAssignment = true;
        beatLater();
        participant.assigned(generation, assignment);
        if (mustRejoin && state == State.STABLE) {
            prepare();
        }
    }

    private void beatLater() {
        stopHeartbeat();
        heartbeat = loop.schedule(config.heartbeatIntervalMs(), this::beat);
    }

    private void stopHeartbeat() {
        if (heartbeat != null) {
            heartbeat.cancel();
            heartbeat = null;
        }
    }

    private void beat() {
        Generation sent = generation;
        requests.heartbeat(sent).whenComplete((code, failure) -> {
            if (!loop.isCurrent() || sent != generation) {
                return;
            }
            if (failure == null && code == ErrorCode.NONE || failure != null) {
                if (heartbeat != null) {
                    beatLater();
                }
            } else {
                beatRefused(code);
            }
        });
    }

    private void beatRefused(ErrorCode code) {
        switch (code) {
            case REBALANCE_IN_PROGRESS -> {
                if (heartbeat != null) {
                    beatLater();
                }
                if (state == State.STABLE) {
                    prepare();
                }
            }
            case NOT_COORDINATOR, COORDINATOR_NOT_AVAILABLE, COORDINATOR_LOAD_IN_PROGRESS -> {
                if (heartbeat != null) {
                    beatLater();
                }
            }
            default -> {
                if (state != State.JOINING) {
                    refused(code, generation.memberId());
                }
            }
        }
    }

    private void refused(ErrorCode code, String memberId) {
        switch (code) {
            case MEMBER_ID_REQUIRED -> {
                generation = new Generation(-1, memberId, "");
                again(false);
            }
            case UNKNOWN_MEMBER_ID, ILLEGAL_GENERATION -> {
                boolean keepsName = code == ErrorCode.ILLEGAL_GENERATION;
                generation = new Generation(-1, keepsName ? generation.memberId() : "", "");
                lose(code.message());
                again(false);
            }
            case REBALANCE_IN_PROGRESS -> again(false);
            case NOT_COORDINATOR, COORDINATOR_NOT_AVAILABLE, COORDINATOR_LOAD_IN_PROGRESS ->
                again(true);
            default -> {
                ApiException why = Failures.of(code);
                if (why instanceof RetriableException) {
                    again(true);
                } else {
                    fail(why);
                }
            }
        }
    }

    private void lose(String why) {
        if (holdsAssignment) {
            holdsAssignment = false;
            participant.lost(why);
        }
    }

    private void fail(ApiException why) {
        boolean hadAssignment = holdsAssignment;
        stop(State.OUT);
        generation = Generation.NONE;
        if (hadAssignment) {
            participant.lost(why.getMessage() == null ? "" : why.getMessage());
        }
        participant.failed(why);
    }

    private void lostContact(Throwable failure) {
        if (failure instanceof RetriableException || !(failure instanceof ApiException fatal)) {
            again(true);
        } else {
            fail(fatal);
        }
    }

    /// Another round: at once, or after a while when something must go away first.
    private void again(boolean later) {
        if (!later) {
            prepare();
            return;
        }
        failures++;
        state = State.PREPARING;
        int mine = ++round;
        loop.schedule(
                client.backoff().delayMs(failures, loop.random()),
                () -> onLoop(mine, this::prepare));
    }
}
