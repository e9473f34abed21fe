package io.millrace.broker.coordinator;

import io.millrace.broker.partition.Assignments;
import io.millrace.broker.partition.PartitionDriver;
import io.millrace.broker.partition.Shard;
import io.millrace.broker.partition.Shards;
import io.millrace.broker.request.ClusterView;
import io.millrace.cluster.ClusterDelta;
import io.millrace.cluster.InternalTopics;
import io.millrace.cluster.TopicImage;
import io.millrace.group.GroupCensus;
import io.millrace.group.GroupCommand;
import io.millrace.group.GroupConfig;
import io.millrace.host.Answer;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.Response;
import io.millrace.protocol.Uuid;
import io.millrace.storage.LogId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// All group coordinators of this node: one for each partition of `__consumer_offsets` that it
/// leads, on the loop of that partition.
///
/// Owner thread: any, but for `changed`, which is called on the home loop; what belongs to a
/// coordinator runs on its loop.
public final class GroupCoordinators implements Assignments.Leadership {
    private final ClusterView cluster;
    private final Shards shards;
    private final List<GroupShard> groups;

    public GroupCoordinators(ClusterView cluster, Shards shards, GroupConfig config) {
        this.cluster = cluster;
        this.shards = shards;
        this.groups = shards.all().stream()
                .map(shard -> new GroupShard(shard.loop(), config))
                .toList();
    }

    @Override
    public void leads(PartitionDriver partition) {
        LogId id = partition.log().id();
        if (id.topic().equals(InternalTopics.OFFSETS)) {
            groups.get(shards.indexOf(id)).leads(partition);
        }
    }

    @Override
    public void resigns(PartitionDriver partition) {
        LogId id = partition.log().id();
        if (id.topic().equals(InternalTopics.OFFSETS)) {
            groups.get(shards.indexOf(id)).resigns(partition);
        }
    }

    /// Tells the coordinators what became of the cluster, as far as it concerns them.
    public void changed(ClusterDelta delta) {
        boolean concerns = delta.before().topics() != delta.after().topics()
                || delta.before().configs() != delta.after().configs();
        if (!concerns) {
            return;
        }
        List<GroupCommand> told = new ArrayList<>();
        if (!delta.deleted().isEmpty()) {
            List<Uuid> ids = delta.deleted().stream().map(TopicImage::id).toList();
            List<String> names = delta.deleted().stream()
                    .map(TopicImage::name)
                    .filter(name -> delta.after().topic(name) == null)
                    .toList();
            told.add(new GroupCommand.TopicsDeleted(ids, names));
        }
        for (int i = 0; i < groups.size(); i++) {
            GroupShard shard = groups.get(i);
            shards.all().get(i).run(() -> shard.world(delta.after(), told));
        }
    }

    /// The partition that a group belongs to, as every Kafka computes it.
    public static int partitionOf(String groupId, int partitions) {
        int hash = groupId.hashCode();
        return (hash == Integer.MIN_VALUE ? 0 : Math.abs(hash)) % partitions;
    }

    /// Asks the coordinator of a group, if it is this node.
    public CompletionStage<Answer<Response>> submit(String groupId, GroupCommand command) {
        TopicImage topic = cluster.image().topic(InternalTopics.OFFSETS);
        if (topic == null || topic.partitionCount() == 0) {
            return CompletableFuture.completedFuture(
                    new Answer.Refused<>(ErrorCode.NOT_COORDINATOR));
        }
        int number = partitionOf(groupId, topic.partitionCount());
        LogId id = new LogId(InternalTopics.OFFSETS, number);
        Shard shard = shards.of(id);
        GroupShard owner = groups.get(shards.indexOf(id));
        CompletableFuture<Answer<Response>> answer = new CompletableFuture<>();
        shard.run(() -> owner.submit(number, command).thenAccept(answer::complete));
        return answer;
    }

    /// Asks every coordinator of this node; in no particular order.
    public CompletionStage<List<Answer<Response>>> submitToAll(GroupCommand command) {
        List<CompletableFuture<List<Answer<Response>>>> parts = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            GroupShard group = groups.get(i);
            CompletableFuture<List<Answer<Response>>> part = new CompletableFuture<>();
            parts.add(part);
            shards.all()
                    .get(i)
                    .run(() -> all(group.submitToAll(command)).thenAccept(part::complete));
        }
        return all(parts)
                .thenApply(lists -> lists.stream().flatMap(List::stream).toList());
    }

    /// What the coordinators of a loop know of their groups; on the loop.
    public List<GroupCensus> census(Shard shard) {
        return groups.get(shards.all().indexOf(shard)).census();
    }

    private static <T> CompletionStage<List<T>> all(List<? extends CompletionStage<T>> stages) {
        List<CompletableFuture<T>> futures =
                stages.stream().map(CompletionStage::toCompletableFuture).toList();
        return CompletableFuture.allOf(futures.toArray(CompletableFuture<?>[]::new))
                .thenApply(_ -> futures.stream().map(CompletableFuture::join).toList());
    }
}
