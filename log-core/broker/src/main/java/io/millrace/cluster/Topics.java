package io.millrace.cluster;

import io.millrace.protocol.Check;
import io.millrace.protocol.PartitionChangeRecord;
import io.millrace.protocol.PartitionRecord;
import io.millrace.protocol.Uuid;
import org.jspecify.annotations.Nullable;

/// All topics, by name and by id.
///
/// @param ids the name behind each id
/// @param partitionCount over all topics
public record Topics(
        SortedTree<String, TopicImage> byName, SortedTree<Uuid, String> ids, int partitionCount) {
    static final Topics NONE = new Topics(SortedTree.empty(), SortedTree.empty(), 0);

    public @Nullable TopicImage get(String name) {
        return byName.get(name);
    }

    public @Nullable TopicImage get(Uuid id) {
        String name = ids.get(id);
        return name == null ? null : byName.get(name);
    }

    Topics added(String name, Uuid id) {
        TopicImage topic = new TopicImage(name, id, SortedTree.empty());
        return new Topics(byName.with(name, topic), ids.with(id, name), partitionCount);
    }

    Topics removed(Uuid id) {
        TopicImage topic = existing(id);
        return new Topics(
                byName.without(topic.name()),
                ids.without(id),
                partitionCount - topic.partitionCount());
    }

    Topics with(PartitionRecord record) {
        return with(existing(record.topicId()), new PartitionImage(record));
    }

    Topics changed(PartitionChangeRecord change) {
        TopicImage topic = existing(change.topicId());
        PartitionImage partition = topic.partition(change.partitionId());
        if (partition == null) {
            throw Check.failed("a change of a partition that does not exist: " + change);
        }
        return with(topic, partition.changed(change));
    }

    /// Forgets eligible leaders: of one topic, or of all when the name is empty.
    Topics withoutElr(String name) {
        Topics result = this;
        for (SortedTree.Entry<String, TopicImage> entry : byName) {
            if (name.isEmpty() || entry.key().equals(name)) {
                for (SortedTree.Entry<Integer, PartitionImage> each :
                        entry.value().partitions()) {
                    result = result.with(
                            result.existing(entry.value().id()), each.value().withoutElr());
                }
            }
        }
        return result;
    }

    private Topics with(TopicImage topic, PartitionImage partition) {
        TopicImage changed = topic.with(partition);
        return new Topics(
                byName.with(topic.name(), changed),
                ids,
                partitionCount + changed.partitionCount() - topic.partitionCount());
    }

    private TopicImage existing(Uuid id) {
        TopicImage topic = get(id);
        if (topic == null) {
            throw Check.failed("the metadata log speaks of a topic that does not exist: " + id);
        }
        return topic;
    }
}
