package io.millrace.clients.producer;

import io.millrace.clients.network.ClusterClient;
import io.millrace.clients.network.ClusterView;
import io.millrace.common.TopicPartition;
import java.util.Collection;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/// The sticky choice of every topic, and what the sender tells it about the partitions' queues.
final class Spread {
    private static final long UPDATE_EVERY_NANOS = 10_000_000;

    private final ClusterClient client;
    private final ProducerSettings settings;
    private final Map<String, StickyChoice> choices = new ConcurrentHashMap<>();
    private long updatedNanos;

    Spread(ClusterClient client, ProducerSettings settings) {
        this.client = client;
        this.settings = settings;
    }

    /// Any thread.
    StickyChoice of(String topic) {
        StickyChoice known = choices.get(topic);
        return known != null
                ? known
                : choices.computeIfAbsent(topic, name -> new StickyChoice(settings.batchBytes()));
    }

    /// On the loop, with the queues that have something to send.
    void update(Collection<PartitionQueue> active, long nowNanos) {
        if (!settings.adaptive() || nowNanos - updatedNanos < UPDATE_EVERY_NANOS) {
            return;
        }
        updatedNanos = nowNanos;
        TreeSet<String> topics = new TreeSet<>();
        active.forEach(queue -> topics.add(queue.partition().topic()));
        for (String topic : topics) {
            StickyChoice choice = choices.get(topic);
            ClusterView.TopicView view = client.view().topic(topic);
            if (choice != null && view != null) {
                update(choice, view, active, nowNanos);
            }
        }
    }

    private void update(
            StickyChoice choice,
            ClusterView.TopicView topic,
            Collection<PartitionQueue> active,
            long nowNanos) {
        int count = topic.partitions().size();
        int[] sizes = new int[count];
        boolean[] isOut = new boolean[count];
        for (PartitionQueue queue : active) {
            TopicPartition partition = queue.partition();
            if (partition.topic().equals(topic.name()) && partition.partition() < count) {
                sizes[partition.partition()] = queue.size();
                isOut[partition.partition()] = isStuck(queue, nowNanos);
            }
        }
        int[] ids = new int[count];
        int[] loads = new int[count];
        int known = 0;
        for (var partition : topic.partitions()) {
            if (partition.hasLeader() && !isOut[partition.index()]) {
                ids[known] = partition.index();
                loads[known++] = sizes[partition.index()];
            }
        }
        choice.loads(java.util.Arrays.copyOf(ids, known), java.util.Arrays.copyOf(loads, known));
    }

    private boolean isStuck(PartitionQueue queue, long nowNanos) {
        ProducerBatch first = queue.first();
        long limit = settings.availabilityTimeoutMs() * 1_000_000;
        return limit > 0 && first != null && nowNanos - first.createdNanos() > limit;
    }
}
