package io.millrace.broker.coordinator;

import io.millrace.group.Caller;
import io.millrace.group.GroupCommand;
import io.millrace.host.Answer;
import io.millrace.host.Loop;
import io.millrace.protocol.ConsumerGroupHeartbeatRequest;
import io.millrace.protocol.ConsumerGroupHeartbeatRequest.TopicPartitions;
import io.millrace.protocol.ConsumerGroupHeartbeatResponse;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.OffsetCommitRequest;
import io.millrace.protocol.OffsetCommitRequest.OffsetCommitRequestPartition;
import io.millrace.protocol.OffsetCommitRequest.OffsetCommitRequestTopic;
import io.millrace.protocol.OffsetCommitResponse;
import io.millrace.protocol.Response;
import io.millrace.protocol.Uuid;
import io.millrace.sim.SimWorld;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/// A consumer of the consumer protocol over a network that delays and loses what it carries. It
/// holds a partition from the answer that names it until one that does not, and gives everything up
/// when it has heard nothing for its session.
final class SimMember {
    static final long SESSION_MS = 3_000;
    private static final long HEARTBEAT_MS = 200;

    /// It looks at its clock only now and then.
    private static final long NOTICE_MS = 600;
    private static final Caller CALLER = new Caller("member", "/sim", 10);

    private final SimWorld world;
    private final Loop loop;
    private final SimCoordinator coordinator;
    private final SimCheck check;
    private final String name;
    private final SortedMap<Uuid, SortedSet<Integer>> owned = new TreeMap<>();
    private int incarnation;
    private int epoch;
    private boolean tellsAll = true;
    private boolean busy;
    private long aliveAtMs;
    private long request;
    boolean wanted;
    double loss = 0.05;

    SimMember(SimWorld world, Loop loop, SimCoordinator coordinator, SimCheck check, String name) {
        this.world = world;
        this.loop = loop;
        this.coordinator = coordinator;
        this.check = check;
        this.name = name;
        tick();
    }

    String id() {
        return name + "-" + incarnation;
    }

    int size() {
        return owned.values().stream().mapToInt(SortedSet::size).sum();
    }

    private void tick() {
        loop.schedule(HEARTBEAT_MS / 2 + world.random().nextLong(HEARTBEAT_MS), () -> {
            if (wanted) {
                live();
            }
            tick();
        });
    }

    private void live() {
        if (epoch > 0 && loop.nowMs() - aliveAtMs > SESSION_MS - NOTICE_MS) {
            restart();
        }
        if (busy) {
            return;
        }
        if (epoch > 0 && size() > 0 && world.chance(0.3)) {
            commit();
        } else {
            heartbeat();
        }
    }

    /// As a process that was killed and started again; nobody says goodbye.
    void restart() {
        drop();
        incarnation++;
    }

    private void drop() {
        check.released(id(), owned);
        owned.clear();
        epoch = 0;
        tellsAll = true;
        busy = false;
        request++;
    }

    void leave() {
        boolean joined = epoch > 0;
        String id = id();
        drop();
        incarnation++;
        if (joined) {
            send(
                    new GroupCommand.ConsumerHeartbeat(
                            CALLER,
                            new ConsumerGroupHeartbeatRequest(
                                    "g", id, -1, null, null, -1, null, null, null, null)),
                    _ -> {});
        }
    }

    private void heartbeat() {
        boolean joins = epoch == 0;
        ConsumerGroupHeartbeatRequest beat = new ConsumerGroupHeartbeatRequest(
                "g",
                id(),
                epoch,
                null,
                null,
                tellsAll ? 5_000 : -1,
                tellsAll ? List.of("a", "b") : null,
                null,
                null,
                joins ? List.of() : listed());
        long sentMs = loop.nowMs();
        ask(new GroupCommand.ConsumerHeartbeat(CALLER, beat), reply -> {
            ConsumerGroupHeartbeatResponse answer = (ConsumerGroupHeartbeatResponse) reply;
            if (answer.errorCode() == ErrorCode.NONE) {
                aliveAtMs = sentMs;
                tellsAll = false;
                epoch = answer.memberEpoch();
                var assignment = answer.assignment();
                if (assignment != null) {
                    took(assignment);
                }
            } else if (answer.errorCode() == ErrorCode.UNKNOWN_MEMBER_ID
                    || answer.errorCode() == ErrorCode.FENCED_MEMBER_EPOCH
                    || answer.errorCode() == ErrorCode.GROUP_ID_NOT_FOUND) {
                drop();
            }
        });
    }

    private void took(ConsumerGroupHeartbeatResponse.Assignment assignment) {
        check.released(id(), owned);
        owned.clear();
        assignment
                .topicPartitions()
                .forEach(topic -> owned.put(topic.topicId(), new TreeSet<>(topic.partitions())));
        check.held(id(), owned);
    }

    private List<TopicPartitions> listed() {
        List<TopicPartitions> listed = new ArrayList<>();
        owned.forEach(
                (topic, numbers) -> listed.add(new TopicPartitions(topic, List.copyOf(numbers))));
        return listed;
    }

    private void commit() {
        Uuid topic = owned.firstKey();
        int partition = owned.getOrDefault(topic, new TreeSet<>()).first();
        long offset = check.next(topic, partition);
        OffsetCommitRequest commit = new OffsetCommitRequest(
                "g",
                epoch,
                id(),
                null,
                -1,
                List.of(new OffsetCommitRequestTopic(
                        SimCheck.name(topic),
                        topic,
                        List.of(new OffsetCommitRequestPartition(partition, offset, -1, "")))));
        ask(new GroupCommand.Commit(CALLER, commit), reply -> {
            ErrorCode error = ((OffsetCommitResponse) reply)
                    .topics()
                    .getFirst()
                    .partitions()
                    .getFirst()
                    .errorCode();
            if (error == ErrorCode.NONE) {
                check.committed(topic, partition, offset);
            }
        });
    }

    /// One request at a time; when the answer does not come, everything is told again.
    private void ask(GroupCommand command, Consumer<Response> answered) {
        busy = true;
        long own = ++request;
        loop.schedule(1_000, () -> {
            if (request == own && busy) {
                busy = false;
                tellsAll = true;
                request++;
            }
        });
        send(command, answer -> {
            if (request == own && busy) {
                busy = false;
                switch (answer) {
                    case Answer.Replied<Response>(Response reply) -> answered.accept(reply);
                    case Answer.Refused<Response> _ -> tellsAll = true;
                }
            }
        });
    }

    private void send(GroupCommand command, Consumer<Answer<Response>> answered) {
        if (world.chance(loss)) {
            return;
        }
        loop.schedule(
                world.random().nextLong(20),
                () -> coordinator.deliver(command, answer -> {
                    if (!world.chance(loss)) {
                        loop.schedule(world.random().nextLong(20), () -> answered.accept(answer));
                    }
                }));
    }
}
