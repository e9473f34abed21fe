package io.millrace.broker.request;

import java.util.List;

/// What an operation is done to.
public record Resource(Kind kind, String name) {
    /// What a client is told of its rights where it did not ask.
    public static final int RIGHTS_NOT_ASKED = Integer.MIN_VALUE;

    private static final List<Operation> OF_TOPIC = List.of(
            Operation.READ,
            Operation.WRITE,
            Operation.CREATE,
            Operation.DESCRIBE,
            Operation.DELETE,
            Operation.ALTER,
            Operation.DESCRIBE_CONFIGS,
            Operation.ALTER_CONFIGS);
    private static final List<Operation> OF_GROUP = List.of(
            Operation.READ,
            Operation.DESCRIBE,
            Operation.DELETE,
            Operation.DESCRIBE_CONFIGS,
            Operation.ALTER_CONFIGS);
    private static final List<Operation> OF_CLUSTER = List.of(
            Operation.CREATE,
            Operation.CLUSTER_ACTION,
            Operation.DESCRIBE_CONFIGS,
            Operation.ALTER_CONFIGS,
            Operation.ALTER,
            Operation.DESCRIBE,
            Operation.IDEMPOTENT_WRITE);
    private static final List<Operation> OF_TRANSACTIONAL_ID =
            List.of(Operation.DESCRIBE, Operation.WRITE, Operation.TWO_PHASE_COMMIT);

    public static final Resource CLUSTER = new Resource(Kind.CLUSTER, "kafka-cluster");

    /// Kinds of resources.
    public enum Kind {
        TOPIC,
        GROUP,
        CLUSTER,
        TRANSACTIONAL_ID
    }

    public static Resource topic(String name) {
        return new Resource(Kind.TOPIC, name);
    }

    public static Resource group(String name) {
        return new Resource(Kind.GROUP, name);
    }

    /// The operations that are known for this kind.
    public List<Operation> operations() {
        return switch (kind) {
            case TOPIC -> OF_TOPIC;
            case GROUP -> OF_GROUP;
            case CLUSTER -> OF_CLUSTER;
            case TRANSACTIONAL_ID -> OF_TRANSACTIONAL_ID;
        };
    }
}
