package io.millrace.broker.handler;

import io.millrace.protocol.CreatePartitionsRequest;
import io.millrace.protocol.CreatePartitionsRequest.CreatePartitionsAssignment;
import io.millrace.protocol.CreatePartitionsRequest.CreatePartitionsTopic;
import io.millrace.protocol.CreateTopicsRequest;
import io.millrace.protocol.CreateTopicsRequest.CreatableReplicaAssignment;
import io.millrace.protocol.CreateTopicsRequest.CreatableTopic;
import io.millrace.protocol.CreateTopicsRequest.CreatableTopicConfig;
import io.millrace.protocol.DeleteTopicsRequest;
import io.millrace.protocol.DeleteTopicsRequest.DeleteTopicState;
import io.millrace.protocol.Request;
import io.millrace.protocol.Uuid;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Topics and partitions made, grown and deleted, rightly and wrongly.
final class TopicSteps {
    private final AdminScript script;

    TopicSteps(AdminScript script) {
        this.script = script;
    }

    private void add(String name, Request request, int version) {
        script.add(name, request, version);
    }

    void createTopics() {
        create("plain", topic("plain", 3, 1));
        create("defaults", topic("defaults", -1, -1));
        create("exists", topic("plain", 1, 1));
        create("exists, and else wrong", topic("plain", 0, 7));
        create("empty name", topic("", 1, 1));
        create("dot", topic(".", 1, 1));
        create("dots", topic("..", 1, 1));
        create("bad letters", topic("a b", 1, 1));
        create("umlaut", topic("\u00fcber", 1, 1));
        create("longest", topic("x".repeat(249), 1, 1));
        create("too long", topic("x".repeat(250), 1, 1));
        create("with a dot", topic("a.b", 1, 1));
        create("collides", topic("a_b", 1, 1));
        create("collides within", topic("c.d", 1, 1), topic("c_d", 1, 1));
        create("twice", topic("e", 1, 1), topic("e", 1, 1), topic("f", 1, 1));
        create("metadata topic", topic("__cluster_metadata", 1, 1));
        create("no partitions", topic("p0", 0, 1));
        create("negative partitions", topic("p-2", -2, 1));
        create("no replicas", topic("r0", 1, 0));
        create("negative replicas", topic("r-2", 1, -2));
        create("too many replicas", topic("r3", 1, 3));
        create("bad replicas and partitions", topic("rp", 0, 0));
        create("bad name and replicas", topic("a b", 1, 0));
        create(
                "config",
                topic("conf", 1, 1, "retention.ms", "1000", "cleanup.policy", "compact,delete"));
        create("unknown config", topic("conf2", 1, 1, "nope", "1"));
        create("bad config", topic("conf3", 1, 1, "retention.ms", "x"));
        create("config out of range", topic("conf4", 1, 1, "segment.bytes", "10"));
        create("bad policy", topic("conf5", 1, 1, "cleanup.policy", "shred"));
        create(
                "lags",
                topic("conf6", 1, 1, "min.compaction.lag.ms", "10", "max.compaction.lag.ms", "5"));
        create("null config", topic("conf7", 1, 1, "retention.ms", null));
        create("bad config and replicas", topic("conf8", 1, 9, "nope", "1"));
        create("tiered", topic("conf9", 1, 1, "remote.storage.enable", "true"));
        create("assigned", assigned("man", List.of(1), List.of(1)));
        create("assigned to nobody", assigned("man0", List.of()));
        create("assigned to a stranger", assigned("man2", List.of(2)));
        create("assigned twice", assigned("man11", List.of(1, 1)));
        create("assigned unevenly", assigned("man12", List.of(1), List.of(1, 2)));
        create("assigned and counted", assigned("mann", List.of(1)).withNumPartitions(1));
        create("assigned and factored", assigned("manr", List.of(1)).withReplicationFactor((short)
                1));
        create(
                "assigned with a gap",
                topic("mang", -1, -1)
                        .withAssignments(List.of(
                                new CreatableReplicaAssignment(0, List.of(1)),
                                new CreatableReplicaAssignment(2, List.of(1)))));
        create(
                "assigned one partition twice",
                topic("mand", -1, -1)
                        .withAssignments(List.of(
                                new CreatableReplicaAssignment(0, List.of(1)),
                                new CreatableReplicaAssignment(0, List.of(1)))));
        add(
                "only validated",
                new CreateTopicsRequest(List.of(topic("never", 2, 1)), 10_000, true),
                7);
        add(
                "was only validated",
                new CreateTopicsRequest(List.of(topic("never", 1, 1)), 10_000, true),
                7);
        add("old version", new CreateTopicsRequest(List.of(topic("old", 2, 1)), 10_000, false), 2);
    }

    private void create(String name, CreatableTopic... topics) {
        add("create: " + name, new CreateTopicsRequest(List.of(topics), 10_000, false), 7);
    }

    private static CreatableTopic topic(
            String name, int partitions, int replicas, @Nullable String... configs) {
        List<CreatableTopicConfig> pairs = new ArrayList<>();
        for (int i = 0; i < configs.length; i += 2) {
            String key = configs[i];
            pairs.add(new CreatableTopicConfig(key == null ? "" : key, configs[i + 1]));
        }
        return new CreatableTopic(name, partitions, (short) replicas, List.of(), pairs);
    }

    @SafeVarargs
    private static CreatableTopic assigned(String name, List<Integer>... replicas) {
        List<CreatableReplicaAssignment> assignments = new ArrayList<>();
        for (int i = 0; i < replicas.length; i++) {
            assignments.add(new CreatableReplicaAssignment(i, replicas[i]));
        }
        return topic(name, -1, -1).withAssignments(assignments);
    }

    void createPartitions() {
        grow("more", false, new CreatePartitionsTopic("plain", 5, null));
        grow("as many", false, new CreatePartitionsTopic("plain", 5, null));
        grow("fewer", false, new CreatePartitionsTopic("plain", 1, null));
        grow("zero", false, new CreatePartitionsTopic("plain", 0, null));
        grow("unknown", false, new CreatePartitionsTopic("unknown", 5, null));
        grow("assigned", false, grown("plain", 6, List.of(1)));
        grow("assigned too many", false, grown("plain", 7, List.of(1), List.of(1)));
        grow("assigned to a stranger", false, grown("plain", 7, List.of(2)));
        grow("assigned to nobody", false, grown("plain", 7, List.of()));
        grow("assigned unevenly", false, grown("plain", 7, List.of(1, 1)));
        grow("only validated", true, new CreatePartitionsTopic("plain", 9, null));
        grow("was only validated", true, new CreatePartitionsTopic("plain", 6, null));
        grow(
                "twice",
                false,
                new CreatePartitionsTopic("man", 5, null),
                new CreatePartitionsTopic("man", 6, null),
                new CreatePartitionsTopic("conf", 2, null));
    }

    private void grow(String name, boolean validateOnly, CreatePartitionsTopic... topics) {
        add("grow: " + name, new CreatePartitionsRequest(List.of(topics), 10_000, validateOnly), 3);
    }

    @SafeVarargs
    private static CreatePartitionsTopic grown(String name, int count, List<Integer>... replicas) {
        List<CreatePartitionsAssignment> assignments = new ArrayList<>();
        for (List<Integer> each : replicas) {
            assignments.add(new CreatePartitionsAssignment(each));
        }
        return new CreatePartitionsTopic(name, count, assignments);
    }

    void deleteTopics() {
        delete("one", new DeleteTopicState("conf", Uuid.ZERO));
        delete("gone", new DeleteTopicState("conf", Uuid.ZERO));
        delete("unknown id", new DeleteTopicState(null, new Uuid(5, 5)));
        delete("neither", new DeleteTopicState(null, Uuid.ZERO));
        delete("both", new DeleteTopicState("plain", new Uuid(5, 5)));
        delete(
                "twice",
                new DeleteTopicState("plain", Uuid.ZERO),
                new DeleteTopicState("plain", Uuid.ZERO),
                new DeleteTopicState("man", Uuid.ZERO));
        add(
                "delete: old version",
                DeleteTopicsRequest.DEFAULT
                        .withTopicNames(List.of("old", "unknown"))
                        .withTimeoutMs(10_000),
                4);
        create("again", topic("conf", 1, 1));
    }

    private void delete(String name, DeleteTopicState... topics) {
        add("delete: " + name, new DeleteTopicsRequest(List.of(topics), List.of(), 10_000), 6);
    }
}
