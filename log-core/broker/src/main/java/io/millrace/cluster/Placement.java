package io.millrace.cluster;

import io.millrace.protocol.RegisterBrokerRecord;
import io.millrace.protocol.Uuid;
import java.util.ArrayList;
import java.util.List;

/// Chooses nodes and directories for new partitions. Replicas are dealt out to the active nodes in
/// turn; racks and load come with the cluster.
final class Placement {
    private final ClusterImage image;

    /// Partitions that each directory holds, counted when it matters for the first time.
    private SortedTree<Uuid, Integer> load = SortedTree.empty();

    private boolean counted;

    Placement(ClusterImage image) {
        this.image = image;
    }

    /// Nodes that take new replicas.
    List<Integer> active() {
        List<Integer> active = new ArrayList<>();
        for (var broker : image.brokers()) {
            if (isActive(broker.value())) {
                active.add(broker.key());
            }
        }
        return active;
    }

    boolean isActive(int node) {
        RegisterBrokerRecord broker = image.brokers().get(node);
        return broker != null && isActive(broker);
    }

    private static boolean isActive(RegisterBrokerRecord broker) {
        return !broker.fenced() && !broker.inControlledShutdown();
    }

    /// Why so many replicas cannot be placed, or an empty text.
    String refusal(int replicationFactor) {
        int registered = image.brokers().size();
        if (active().isEmpty()) {
            return "no node is ready.";
        }
        return replicationFactor > registered ? "there are " + registered + " nodes." : "";
    }

    /// The nodes of the replicas of a new partition; the first will lead.
    List<Integer> replicas(int partition, int replicationFactor, long start) {
        List<Integer> nodes = active();
        for (var broker : image.brokers()) {
            if (!isActive(broker.value()) && nodes.size() < replicationFactor) {
                nodes.add(broker.key());
            }
        }
        List<Integer> chosen = new ArrayList<>();
        int first = (int) Long.remainderUnsigned(start + partition, nodes.size());
        for (int i = 0; i < replicationFactor; i++) {
            chosen.add(nodes.get((first + i) % nodes.size()));
        }
        return chosen;
    }

    /// The node's directory that holds the fewest partitions and takes new ones.
    Uuid directory(int node) {
        RegisterBrokerRecord broker = image.brokers().get(node);
        if (broker == null || broker.logDirs().isEmpty()) {
            return PartitionImage.UNASSIGNED;
        }
        List<Uuid> cordoned = broker.cordonedLogDirs();
        List<Uuid> open = broker.logDirs().stream()
                .filter(each -> cordoned == null || !cordoned.contains(each))
                .toList();
        if (open.size() <= 1) {
            return open.isEmpty() ? broker.logDirs().getFirst() : open.getFirst();
        }
        count();
        Uuid least = open.getFirst();
        for (Uuid each : open) {
            if (load.getOrDefault(each, 0) < load.getOrDefault(least, 0)) {
                least = each;
            }
        }
        load = load.with(least, load.getOrDefault(least, 0) + 1);
        return least;
    }

    private void count() {
        if (counted) {
            return;
        }
        counted = true;
        for (var topic : image.topics().byName()) {
            for (var partition : topic.value().partitions()) {
                for (Uuid each : partition.value().state().directories()) {
                    load = load.with(each, load.getOrDefault(each, 0) + 1);
                }
            }
        }
    }
}
