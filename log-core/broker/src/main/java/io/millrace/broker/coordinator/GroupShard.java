package io.millrace.broker.coordinator;

import io.millrace.broker.partition.PartitionDriver;
import io.millrace.cluster.ClusterImage;
import io.millrace.group.GroupCensus;
import io.millrace.group.GroupCommand;
import io.millrace.group.GroupConfig;
import io.millrace.group.GroupRecord;
import io.millrace.group.Groups;
import io.millrace.host.Answer;
import io.millrace.host.Loop;
import io.millrace.host.MachineHost;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The group coordinators of one loop, by partition of `__consumer_offsets`.
///
/// Owner thread: the loop.
final class GroupShard {
    /// How many replies of one coordinator may wait, parked ones included.
    private static final int MAX_WAITING = 100_000;

    /// How long a coordinator whose disk refused an append stays away.
    private static final long RELOAD_MS = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(GroupShard.class);

    private record Running(
            PartitionDriver partition,
            LocalJournal journal,
            Groups groups,
            MachineHost<GroupCommand, GroupRecord, Response> host) {}

    private final Loop loop;
    private final GroupConfig config;
    private final Map<Integer, Running> running = new TreeMap<>();
    private ClusterImage world = ClusterImage.EMPTY;

    GroupShard(Loop loop, GroupConfig config) {
        this.loop = loop;
        this.config = config;
    }

    void leads(PartitionDriver partition) {
        int number = partition.log().id().partition();
        LocalJournal journal = new LocalJournal(partition);
        Groups groups = new Groups(config);
        MachineHost<GroupCommand, GroupRecord, Response> host = new MachineHost<>(
                loop,
                journal,
                new MachineHost.Hosted<>(partition.log().id().toString(), groups, new GroupCodec()),
                MAX_WAITING);
        Running started = new Running(partition, journal, groups, host);
        running.put(number, started);
        host.whenLost(reason -> lost(started, reason));
        host.load(List.of(new GroupCommand.WorldChanged(world), new GroupCommand.Loaded()))
                .thenAccept(outcome -> loaded(started, outcome));
    }

    private void loaded(Running one, ErrorCode outcome) {
        if (outcome == ErrorCode.NONE) {
            // The cluster may have moved on since the load began.
            one.host().submit(new GroupCommand.WorldChanged(world));
            LOG.atDebug()
                    .addKeyValue("partition", one.partition().log().id())
                    .log("Coordinates the groups of a partition");
        }
    }

    private void lost(Running one, ErrorCode reason) {
        int number = one.partition().log().id().partition();
        if (reason == ErrorCode.NOT_COORDINATOR || running.get(number) != one) {
            return;
        }
        LOG.atWarn()
                .addKeyValue("partition", one.partition().log().id())
                .addKeyValue("reason", reason)
                .log("Lost the groups of a partition; they are read anew");
        loop.schedule(RELOAD_MS, () -> {
            if (running.get(number) == one) {
                leads(one.partition());
            }
        });
    }

    void resigns(PartitionDriver partition) {
        Running one = running.remove(partition.log().id().partition());
        if (one != null) {
            one.journal().resign();
            one.host().lost(ErrorCode.NOT_COORDINATOR);
        }
    }

    CompletionStage<Answer<Response>> submit(int partition, GroupCommand command) {
        Running one = running.get(partition);
        return one == null
                ? CompletableFuture.completedFuture(new Answer.Refused<>(ErrorCode.NOT_COORDINATOR))
                : one.host().submit(command);
    }

    /// Every coordinator that there is, in order of their partitions.
    List<CompletionStage<Answer<Response>>> submitToAll(GroupCommand command) {
        List<CompletionStage<Answer<Response>>> answers = new ArrayList<>(running.size());
        for (Running one : List.copyOf(running.values())) {
            answers.add(one.host().submit(command));
        }
        return answers;
    }

    /// What every coordinator that serves knows.
    List<GroupCensus> census() {
        return running.values().stream()
                .filter(one -> one.host().refusal() == ErrorCode.NONE)
                .map(one -> one.groups().census())
                .toList();
    }

    void world(ClusterImage image, List<GroupCommand> alsoTold) {
        world = image;
        for (Running one : List.copyOf(running.values())) {
            if (one.host().refusal() == ErrorCode.NONE) {
                one.host().submit(new GroupCommand.WorldChanged(image));
                alsoTold.forEach(one.host()::submit);
            }
        }
    }
}
