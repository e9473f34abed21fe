package io.millrace.broker.coordinator;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.cluster.ClusterImage;
import io.millrace.config.Settings;
import io.millrace.group.Caller;
import io.millrace.group.GroupCommand;
import io.millrace.group.GroupConfig;
import io.millrace.host.Answer;
import io.millrace.host.Loop;
import io.millrace.protocol.OffsetFetchRequest;
import io.millrace.protocol.OffsetFetchRequest.OffsetFetchRequestGroup;
import io.millrace.protocol.OffsetFetchResponse;
import io.millrace.protocol.PartitionRecord;
import io.millrace.protocol.Response;
import io.millrace.protocol.TopicRecord;
import io.millrace.sim.Seeds;
import io.millrace.sim.SimNode;
import io.millrace.sim.SimWorld;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A group of members that come, go and crash, over a network that loses messages and a coordinator
/// that loses its power: no partition has two owners, no acknowledged offset is lost, and when the
/// trouble is over every partition has an owner.
final class GroupSimulationTest {
    private static final int MEMBERS = 4;
    private static final int PARTITIONS = 6;
    private static final GroupConfig CONFIG = Settings.read(
            GroupConfig.class,
            Map.of(
                    "group.consumer.session.timeout.ms", "3000",
                    "group.consumer.min.session.timeout.ms", "1000",
                    "group.consumer.heartbeat.interval.ms", "200",
                    "group.consumer.min.heartbeat.interval.ms", "100",
                    "group.consumer.assignment.interval.ms", "300"));

    @Test
    void groupsKeepTheirPromises() {
        Seeds.forEach(0.3, GroupSimulationTest::run);
    }

    private static void run(long seed) {
        SimWorld world = new SimWorld(seed);
        SimCheck check = new SimCheck();
        ClusterImage image = topic(topic(ClusterImage.EMPTY, "a", 4), "b", PARTITIONS - 4);
        SimCoordinator coordinator = new SimCoordinator(world, CONFIG, image);
        Loop clients = new SimNode(world, "clients").loop();
        List<SimMember> members = new ArrayList<>();
        clients.execute(() -> {
            for (int i = 0; i < MEMBERS; i++) {
                members.add(new SimMember(world, clients, coordinator, check, "m" + i));
            }
        });
        world.runFor(10);
        for (int round = 0; round < 40; round++) {
            disturb(world, coordinator, members, clients);
            world.runFor(100 + world.random().nextInt(1_500));
            ask(clients, coordinator, check);
        }
        clients.execute(() -> members.forEach(member -> {
            member.loss = 0;
            member.wanted = true;
        }));
        boolean settled = world.runUntil(() -> check.owned() == PARTITIONS, 60_000);
        assertTrue(settled, "in the end " + check.owned() + " partitions have an owner");
        ask(clients, coordinator, check);
        world.runFor(1_000);
        assertTrue(check.committedPartitions() > 0, "nothing was ever committed");
    }

    private static void disturb(
            SimWorld world, SimCoordinator coordinator, List<SimMember> members, Loop clients) {
        SimMember one = members.get(world.random().nextInt(members.size()));
        switch (world.random().nextInt(6)) {
            case 0 -> coordinator.crash();
            case 1 -> clients.execute(one::restart);
            case 2 ->
                clients.execute(() -> {
                    one.leave();
                    one.wanted = false;
                });
            case 3 -> clients.execute(() -> one.loss = world.random().nextDouble() / 2);
            default -> clients.execute(() -> one.wanted = true);
        }
    }

    /// Reads all offsets, as an administrator would.
    private static void ask(Loop clients, SimCoordinator coordinator, SimCheck check) {
        OffsetFetchRequest all = OffsetFetchRequest.DEFAULT.withGroups(
                List.of(new OffsetFetchRequestGroup("g", null, -1, null)));
        SimCheck.Question question = check.asked();
        coordinator.deliver(
                new GroupCommand.Fetch(new Caller("admin", "/sim", 9), all),
                // Not in the callback of a future, which would swallow what the check throws.
                answer -> clients.execute(() -> told(answer, question)));
    }

    private static void told(Answer<Response> answer, SimCheck.Question question) {
        if (answer instanceof Answer.Replied<Response>(OffsetFetchResponse told)) {
            told.groups()
                    .getFirst()
                    .topics()
                    .forEach(topic -> topic.partitions()
                            .forEach(partition -> question.told(
                                    SimCheck.topicId(topic.name()),
                                    partition.partitionIndex(),
                                    partition.committedOffset())));
        }
    }

    private static ClusterImage topic(ClusterImage image, String name, int partitions) {
        ClusterImage made =
                image.after(TopicRecord.DEFAULT.withName(name).withTopicId(SimCheck.topicId(name)));
        for (int i = 0; i < partitions; i++) {
            made = made.after(PartitionRecord.DEFAULT
                    .withTopicId(SimCheck.topicId(name))
                    .withPartitionId(i)
                    .withReplicas(List.of(1))
                    .withIsr(List.of(1))
                    .withLeader(1));
        }
        return made;
    }
}
