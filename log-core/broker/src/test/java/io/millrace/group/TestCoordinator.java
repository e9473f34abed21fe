package io.millrace.group;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.broker.coordinator.GroupCodec;
import io.millrace.cluster.ClusterImage;
import io.millrace.host.JournalRecord;
import io.millrace.machine.Decision;
import io.millrace.machine.Decision.Reply;
import io.millrace.machine.Decision.TimerChange;
import io.millrace.machine.Moment;
import io.millrace.protocol.PartitionRecord;
import io.millrace.protocol.Response;
import io.millrace.protocol.TopicRecord;
import io.millrace.protocol.Uuid;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/// Runs one coordinator as its host would, in a time of the test's own. After every command it
/// checks that the log alone leads to the same state.
final class TestCoordinator {
    private record Timer(long atMs, GroupCommand command) {}

    final List<JournalRecord> log = new ArrayList<>();
    final List<GroupRecord> lastRecords = new ArrayList<>();
    private final Map<Long, Response> answered = new TreeMap<>();
    private final GroupCodec codec = new GroupCodec();
    private final GroupConfig config;
    private final Map<String, Timer> timers = new TreeMap<>();
    private final Random random;
    private Groups groups;
    private ClusterImage world = ClusterImage.EMPTY;
    private long nowMs = 1_000_000;
    private long ticket;

    TestCoordinator(GroupConfig config) {
        this(config, 1);
    }

    TestCoordinator(GroupConfig config, long seed) {
        this.config = config;
        this.random = new Random(seed);
        this.groups = new Groups(config);
        submit(new GroupCommand.Loaded());
    }

    GroupState state() {
        return groups.state();
    }

    long nowMs() {
        return nowMs;
    }

    int timers() {
        return timers.size();
    }

    ClusterImage world() {
        return world;
    }

    static Uuid topicId(String name) {
        return new Uuid(name.hashCode() | 1L << 40, name.length());
    }

    /// Adds a topic, or partitions to one.
    void topic(String name, int partitions) {
        ClusterImage image = world;
        if (image.topic(name) == null) {
            image = image.after(TopicRecord.DEFAULT.withName(name).withTopicId(topicId(name)));
        }
        var known = image.topic(name);
        for (int i = known == null ? 0 : known.partitionCount(); i < partitions; i++) {
            image = image.after(PartitionRecord.DEFAULT
                    .withTopicId(topicId(name))
                    .withPartitionId(i)
                    .withReplicas(List.of(1))
                    .withIsr(List.of(1))
                    .withLeader(1));
        }
        world(image);
    }

    void world(ClusterImage image) {
        world = image;
        submit(new GroupCommand.WorldChanged(image));
    }

    /// The answer, which must not be parked.
    Response call(GroupCommand command) {
        return answer(submit(command));
    }

    boolean isAnswered(long ticket) {
        return answered.containsKey(ticket);
    }

    Response answer(long ticket) {
        Response answer = answered.get(ticket);
        if (answer == null) {
            throw new AssertionError("there is no answer yet");
        }
        return answer;
    }

    /// The ticket under which the answer is found.
    long submit(GroupCommand command) {
        long own = ++ticket;
        Decision<GroupCommand, GroupRecord, Response> decision =
                groups.decide(command, new Moment(nowMs, random.nextLong(), own));
        lastRecords.clear();
        lastRecords.addAll(decision.records());
        for (GroupRecord record : decision.records()) {
            codec.encode(record, nowMs).ifPresent(log::add);
            groups.apply(record);
        }
        for (TimerChange<GroupCommand> change : decision.timers()) {
            switch (change) {
                case TimerChange.Start<GroupCommand>(String key, long delayMs, GroupCommand then) ->
                    timers.put(key, new Timer(nowMs + delayMs, then));
                case TimerChange.Ensure<GroupCommand>(
                        String key,
                        long delayMs,
                        GroupCommand then) ->
                    timers.putIfAbsent(key, new Timer(nowMs + delayMs, then));
                case TimerChange.Cancel<GroupCommand>(String key) -> timers.remove(key);
            }
        }
        if (decision.reply() instanceof Reply.Now<Response>(Response reply)) {
            answered.put(own, reply);
        }
        decision.released().forEach(one -> answered.putIfAbsent(one.ticket(), one.value()));
        checkReplay();
        return own;
    }

    /// Lets time pass; timers fire when they are due.
    void advance(long ms) {
        long until = nowMs + ms;
        Optional<String> next;
        while ((next = firstUntil(until)).isPresent()) {
            Timer due = timers.remove(next.get());
            if (due != null) {
                nowMs = Math.max(nowMs, due.atMs());
                submit(due.command());
            }
        }
        nowMs = until;
    }

    private Optional<String> firstUntil(long untilMs) {
        return timers.entrySet().stream()
                .filter(timer -> timer.getValue().atMs() <= untilMs)
                .min(Comparator.comparingLong(timer -> timer.getValue().atMs()))
                .map(Map.Entry::getKey);
    }

    /// As after a crash: only the log is left.
    void restart() {
        groups = replayed();
        timers.clear();
        submit(new GroupCommand.Loaded());
        submit(new GroupCommand.WorldChanged(world));
    }

    Groups replayed() {
        Groups fresh = new Groups(config);
        for (JournalRecord record : log) {
            codec.decode(record).ifPresent(fresh::apply);
        }
        return fresh;
    }

    private void checkReplay() {
        GroupState live = groups.state();
        GroupState replayed = replayed().state();
        assertEquals(live.offsets().toString(), replayed.offsets().toString());
        for (var entry : live.groups()) {
            switch (entry.value()) {
                case ConsumerGroup group ->
                    assertEquals(
                            group.withTopicsSeen(ClusterImage.EMPTY.topics()),
                            replayed.group(group.id()) instanceof ConsumerGroup other
                                    ? other.withTopicsSeen(ClusterImage.EMPTY.topics())
                                    : replayed.group(group.id()));
                case ClassicGroup group -> {
                    if (group.phase() instanceof ClassicPhase.Stable) {
                        assertEquals(
                                ClassicRecords.value(group),
                                replayed.group(group.id()) instanceof ClassicGroup other
                                        ? ClassicRecords.value(other)
                                        : null);
                    }
                }
            }
        }
    }
}
