package io.millrace.platform.cli;

import io.millrace.clients.admin.Admin;
import io.millrace.common.TopicPartition;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The partitions of topics.
final class Partitions {
    private Partitions() {}

    static Set<TopicPartition> of(Admin admin, List<String> topics) {
        var partitions = new HashSet<TopicPartition>();
        ClusterOptions.await(admin.describeTopics(topics).allTopicNames())
                .forEach((name, topic) -> topic.partitions()
                        .forEach(p -> partitions.add(new TopicPartition(name, p.partition()))));
        return partitions;
    }
}
