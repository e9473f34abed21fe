package io.millrace.clients.producer;

import io.millrace.common.Cluster;
import io.millrace.common.PartitionInfo;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// One partition after the other, whatever the key; those without a leader are left out while
/// there are others.
public class RoundRobinPartitioner implements Partitioner {
    private final Map<String, AtomicInteger> turns = new ConcurrentHashMap<>();

    @Override
    public void configure(Map<String, ?> configs) {}

    @Override
    public int partition(
            String topic,
            @Nullable Object key,
            byte @Nullable [] keyBytes,
            @Nullable Object value,
            byte @Nullable [] valueBytes,
            Cluster cluster) {
        int turn = turns.computeIfAbsent(topic, name -> new AtomicInteger()).getAndIncrement()
                & Integer.MAX_VALUE;
        List<PartitionInfo> available = cluster.availablePartitionsForTopic(topic);
        return available.isEmpty()
                ? turn % cluster.partitionsForTopic(topic).size()
                : available.get(turn % available.size()).partition();
    }
}
