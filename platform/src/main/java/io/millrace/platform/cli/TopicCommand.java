package io.millrace.platform.cli;

import io.millrace.clients.admin.Admin;
import io.millrace.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import io.millrace.clients.admin.ListTopicsOptions;
import io.millrace.clients.admin.NewPartitions;
import io.millrace.clients.admin.NewTopic;
import io.millrace.clients.admin.OffsetSpec;
import io.millrace.clients.admin.TopicDescription;
import io.millrace.common.Node;
import io.millrace.common.TopicPartition;
import io.millrace.common.TopicPartitionInfo;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `millrace topic`.
@Command(name = "topic", description = "Create, list, describe, grow and delete topics.")
final class TopicCommand {
    @Command(name = "list", description = "List the topics.")
    int list(
            @Mixin ClusterOptions cluster,
            @Option(names = "--internal", description = "Internal topics too.") boolean internal) {
        try (Admin admin = cluster.admin()) {
            var names = ClusterOptions.await(
                    admin.listTopics(new ListTopicsOptions().listInternal(internal))
                            .names());
            var described = ClusterOptions.await(admin.describeTopics(names).allTopicNames());
            Table table = cluster.table("topic", "partitions", "replicas");
            described.values().stream()
                    .sorted((a, b) -> a.name().compareTo(b.name()))
                    .forEach(t -> table.row(t.name(), t.partitions().size(), replicas(t)));
            table.print();
            return 0;
        }
    }

    private static int replicas(TopicDescription topic) {
        return topic.partitions().isEmpty()
                ? 0
                : topic.partitions().getFirst().replicas().size();
    }

    @Command(name = "create", description = "Create topics.")
    int create(
            @Mixin ClusterOptions cluster,
            @Parameters(paramLabel = "TOPIC", arity = "1..*") List<String> names,
            @Option(
                            names = {"-p", "--partitions"},
                            defaultValue = "-1")
                    int partitions,
            @Option(
                            names = {"-r", "--replicas"},
                            defaultValue = "-1")
                    int replicas,
            @Option(
                            names = {"-c", "--config"},
                            paramLabel = "key=value")
                    List<String> configs) {
        Map<String, String> settings = ClusterOptions.pairs(configs == null ? List.of() : configs);
        var topics = new ArrayList<NewTopic>();
        for (String name : names) {
            topics.add(new NewTopic(
                            name,
                            partitions < 0 ? Optional.empty() : Optional.of(partitions),
                            replicas < 0 ? Optional.empty() : Optional.of((short) replicas))
                    .configs(settings));
        }
        try (Admin admin = cluster.admin()) {
            ClusterOptions.await(admin.createTopics(topics).all());
        }
        names.forEach(name -> cluster.out().println("created " + name));
        return 0;
    }

    @Command(name = "delete", description = "Delete topics and their records.")
    int delete(
            @Mixin ClusterOptions cluster,
            @Parameters(paramLabel = "TOPIC", arity = "1..*") List<String> names) {
        try (Admin admin = cluster.admin()) {
            ClusterOptions.await(admin.deleteTopics(names).all());
        }
        names.forEach(name -> cluster.out().println("deleted " + name));
        return 0;
    }

    @Command(name = "grow", description = "Raise the number of partitions.")
    int grow(
            @Mixin ClusterOptions cluster,
            @Parameters(paramLabel = "TOPIC") String name,
            @Option(
                            names = {"-p", "--partitions"},
                            required = true)
                    int partitions) {
        try (Admin admin = cluster.admin()) {
            ClusterOptions.await(
                    admin.createPartitions(Map.of(name, NewPartitions.increaseTo(partitions)))
                            .all());
        }
        cluster.out().println(name + " has " + partitions + " partitions");
        return 0;
    }

    @Command(name = "describe", description = "Show partitions, leaders, replicas and offsets.")
    int describe(
            @Mixin ClusterOptions cluster,
            @Parameters(paramLabel = "TOPIC", arity = "1..*") List<String> names) {
        try (Admin admin = cluster.admin()) {
            var topics = ClusterOptions.await(admin.describeTopics(names).allTopicNames())
                    .values();
            var first = offsets(admin, topics, OffsetSpec.earliest());
            var last = offsets(admin, topics, OffsetSpec.latest());
            Table table = cluster.table(
                    "topic", "partition", "leader", "replicas", "in-sync", "first", "end");
            for (TopicDescription topic : topics) {
                for (TopicPartitionInfo info : topic.partitions()) {
                    var key = new TopicPartition(topic.name(), info.partition());
                    table.row(
                            topic.name(),
                            info.partition(),
                            info.leader() == null ? -1 : info.leader().id(),
                            ids(info.replicas()),
                            ids(info.isr()),
                            first.getOrDefault(key, -1L),
                            last.getOrDefault(key, -1L));
                }
            }
            table.print();
            return 0;
        }
    }

    private static Map<TopicPartition, Long> offsets(
            Admin admin, Collection<TopicDescription> topics, OffsetSpec spec) {
        var asked = new HashMap<TopicPartition, OffsetSpec>();
        for (TopicDescription topic : topics) {
            topic.partitions()
                    .forEach(p -> asked.put(new TopicPartition(topic.name(), p.partition()), spec));
        }
        var offsets = new HashMap<TopicPartition, Long>();
        Map<TopicPartition, ListOffsetsResultInfo> answered =
                ClusterOptions.await(admin.listOffsets(asked).all());
        answered.forEach((partition, info) -> offsets.put(partition, info.offset()));
        return offsets;
    }

    private static String ids(List<Node> nodes) {
        return String.join(",", nodes.stream().map(Node::idString).toList());
    }
}
