package io.millrace.common;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the admin client says of a partition; the lists of eligible and last known leaders are
/// empty where the server does not report them.
public record TopicPartitionInfo(
        int partition,
        @Nullable Node leader,
        List<Node> replicas,
        List<Node> isr,
        List<Node> elr,
        List<Node> lastKnownElr) {
    public TopicPartitionInfo {
        replicas = List.copyOf(replicas);
        isr = List.copyOf(isr);
        elr = List.copyOf(elr);
        lastKnownElr = List.copyOf(lastKnownElr);
    }
}
