package io.millrace.group;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.protocol.ConsumerGroupHeartbeatRequest;
import io.millrace.protocol.ConsumerGroupHeartbeatRequest.TopicPartitions;
import io.millrace.protocol.ConsumerGroupHeartbeatResponse;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.Uuid;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A member of the consumer protocol that does what it is told: it gives up at once what its
/// assignment does not name any more.
final class ConsumerClient {
    private final TestCoordinator coordinator;
    private final String group;
    String memberId;

    @Nullable
    String instanceId;

    @Nullable
    String regex;

    @Nullable
    String assignor;

    List<String> topics;
    int epoch;
    int version = 1;
    /// What it holds.
    SortedMap<Uuid, SortedSet<Integer>> owned = new TreeMap<>();
    /// When false, it keeps what it has whatever it is told.
    boolean obeys = true;
    private @Nullable List<TopicPartitions> reported;

    ConsumerClient(TestCoordinator coordinator, String group, String memberId, String... topics) {
        this.coordinator = coordinator;
        this.group = group;
        this.memberId = memberId;
        this.topics = List.of(topics);
    }

    /// Joins, or joins again from nothing.
    ConsumerGroupHeartbeatResponse join() {
        epoch = 0;
        owned = new TreeMap<>();
        return took(send(new ConsumerGroupHeartbeatRequest(
                group, memberId, 0, instanceId, null, 60_000, topics, regex, assignor, List.of())));
    }

    /// A heartbeat that tells what it holds, if that changed since the last.
    ConsumerGroupHeartbeatResponse heartbeat() {
        List<TopicPartitions> now = listed();
        boolean tells = !now.equals(reported);
        reported = now;
        return took(send(new ConsumerGroupHeartbeatRequest(
                group,
                memberId,
                epoch,
                instanceId,
                null,
                -1,
                null,
                null,
                null,
                tells ? now : null)));
    }

    /// Everything about it, as after a missed answer.
    ConsumerGroupHeartbeatResponse full() {
        return took(send(new ConsumerGroupHeartbeatRequest(
                group,
                memberId,
                epoch,
                instanceId,
                null,
                60_000,
                topics,
                regex,
                assignor,
                listed())));
    }

    ConsumerGroupHeartbeatResponse leave(int how) {
        return send(new ConsumerGroupHeartbeatRequest(
                group, memberId, how, instanceId, null, -1, null, null, null, null));
    }

    ConsumerGroupHeartbeatResponse send(ConsumerGroupHeartbeatRequest request) {
        return (ConsumerGroupHeartbeatResponse) coordinator.call(new GroupCommand.ConsumerHeartbeat(
                new Caller("client", "/127.0.0.1", version), request));
    }

    private ConsumerGroupHeartbeatResponse took(ConsumerGroupHeartbeatResponse answer) {
        if (answer.errorCode() == ErrorCode.NONE) {
            epoch = answer.memberEpoch();
            var assignment = answer.assignment();
            if (assignment != null && obeys) {
                owned = new TreeMap<>();
                assignment
                        .topicPartitions()
                        .forEach(topic ->
                                owned.put(topic.topicId(), new TreeSet<>(topic.partitions())));
            }
        }
        return answer;
    }

    private List<TopicPartitions> listed() {
        List<TopicPartitions> listed = new ArrayList<>();
        owned.forEach(
                (topic, numbers) -> listed.add(new TopicPartitions(topic, List.copyOf(numbers))));
        return listed;
    }

    int size() {
        return owned.values().stream().mapToInt(SortedSet::size).sum();
    }

    void expect(ErrorCode error, ConsumerGroupHeartbeatResponse answer) {
        assertEquals(error, answer.errorCode(), () -> String.valueOf(answer.errorMessage()));
    }
}
