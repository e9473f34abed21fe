package io.millrace.platform.cli;

import io.millrace.clients.admin.Admin;
import io.millrace.clients.admin.ConsumerGroupDescription;
import io.millrace.clients.admin.GroupListing;
import io.millrace.clients.admin.OffsetSpec;
import io.millrace.clients.consumer.OffsetAndMetadata;
import io.millrace.common.TopicPartition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `millrace group`.
@Command(name = "group", description = "List, describe, move and delete consumer groups.")
final class GroupCommand {
    private static final Comparator BY_PARTITION = new Comparator();

    @Command(name = "list", description = "List the groups.")
    int list(@Mixin ClusterOptions cluster) {
        try (Admin admin = cluster.admin()) {
            Table table = cluster.table("group", "type", "protocol", "state");
            for (GroupListing group : ClusterOptions.await(admin.listGroups().all())) {
                table.row(
                        group.groupId(),
                        group.type().map(Object::toString).orElse("-"),
                        group.protocol(),
                        group.groupState().map(Object::toString).orElse("-"));
            }
            table.print();
            return 0;
        }
    }

    @Command(name = "describe", description = "Show members, committed offsets and lag.")
    int describe(@Mixin ClusterOptions cluster, @Parameters(paramLabel = "GROUP") String group) {
        try (Admin admin = cluster.admin()) {
            ConsumerGroupDescription description = ClusterOptions.await(ClusterOptions.only(
                    admin.describeConsumerGroups(List.of(group)).describedGroups(), group));
            var owners = new HashMap<TopicPartition, String>();
            description
                    .members()
                    .forEach(member -> member.assignment()
                            .topicPartitions()
                            .forEach(p -> owners.put(p, member.clientId() + "@" + member.host())));
            var committed = committed(admin, group);
            owners.keySet()
                    .forEach(p -> committed.putIfAbsent(p, new OffsetAndMetadata(0, "none")));
            var ends = ends(admin, committed.keySet(), OffsetSpec.latest());
            Table table = cluster.table("topic", "partition", "committed", "end", "lag", "member");
            committed.forEach((partition, offset) -> {
                boolean known = !"none".equals(offset.metadata());
                long end = ends.getOrDefault(partition, -1L);
                table.row(
                        partition.topic(),
                        partition.partition(),
                        known ? offset.offset() : "-",
                        end,
                        known ? Math.max(0, end - offset.offset()) : "-",
                        owners.getOrDefault(partition, "-"));
            });
            table.print();
            return 0;
        }
    }

    @Command(name = "delete", description = "Delete groups that have no members.")
    int delete(
            @Mixin ClusterOptions cluster,
            @Parameters(paramLabel = "GROUP", arity = "1..*") List<String> groups) {
        try (Admin admin = cluster.admin()) {
            ClusterOptions.await(admin.deleteConsumerGroups(groups).all());
        }
        groups.forEach(group -> cluster.out().println("deleted " + group));
        return 0;
    }

    @Command(name = "seek", description = "Move the committed offsets of a group without members.")
    int seek(
            @Mixin ClusterOptions cluster,
            @Parameters(paramLabel = "GROUP") String group,
            @Option(
                            names = "--to",
                            required = true,
                            paramLabel = "start|end|OFFSET|@TIME",
                            description = "Where to; @TIME is milliseconds or an ISO-8601 instant.")
                    String target,
            @Option(
                            names = {"-t", "--topic"},
                            paramLabel = "TOPIC")
                    List<String> topics) {
        try (Admin admin = cluster.admin()) {
            Set<TopicPartition> partitions = topics == null || topics.isEmpty()
                    ? committed(admin, group).keySet()
                    : Partitions.of(admin, topics);
            Map<TopicPartition, OffsetAndMetadata> moved = new TreeMap<>(BY_PARTITION);
            Position.parse(target)
                    .resolve(admin, partitions)
                    .forEach((partition, offset) ->
                            moved.put(partition, new OffsetAndMetadata(offset)));
            ClusterOptions.await(admin.alterConsumerGroupOffsets(group, moved).all());
            Table table = cluster.table("topic", "partition", "committed");
            moved.forEach((p, offset) -> table.row(p.topic(), p.partition(), offset.offset()));
            table.print();
            return 0;
        }
    }

    private static TreeMap<TopicPartition, OffsetAndMetadata> committed(Admin admin, String group) {
        var sorted = new TreeMap<TopicPartition, OffsetAndMetadata>(BY_PARTITION);
        ClusterOptions.await(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                .forEach((partition, offset) -> {
                    if (offset != null) {
                        sorted.put(partition, offset);
                    }
                });
        return sorted;
    }

    static Map<TopicPartition, Long> ends(
            Admin admin, Set<TopicPartition> partitions, OffsetSpec spec) {
        var asked = new HashMap<TopicPartition, OffsetSpec>();
        partitions.forEach(p -> asked.put(p, spec));
        var ends = new HashMap<TopicPartition, Long>();
        ClusterOptions.await(admin.listOffsets(asked).all())
                .forEach((partition, info) -> ends.put(partition, info.offset()));
        return ends;
    }

    /// By topic, then partition.
    private static final class Comparator implements java.util.Comparator<TopicPartition> {
        @Override
        public int compare(TopicPartition a, TopicPartition b) {
            int byTopic = a.topic().compareTo(b.topic());
            return byTopic != 0 ? byTopic : Integer.compare(a.partition(), b.partition());
        }
    }
}
