package io.millrace.group;

/// A group of one of the two protocols. Both are immutable values.
public sealed interface Group permits ClassicGroup, ConsumerGroup {
    String id();

    /// Whether it has no members.
    boolean isEmpty();

    /// As Kafka's tools print it.
    String stateName();
}
