package io.millrace.clients.consumer;

import io.millrace.clients.network.ClusterView;
import io.millrace.protocol.ErrorCode;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// What a consumer subscribed to.
sealed interface Subscribed {
    record Topics(Set<String> names) implements Subscribed {
        public Topics {
            names = Set.copyOf(names);
        }
    }

    /// Matched by the client with what the metadata shows.
    record ByPattern(Pattern pattern) implements Subscribed {}

    /// Matched by the server.
    record ByServer(SubscriptionPattern pattern) implements Subscribed {}

    /// The topics it stands for; empty where the server decides.
    default Set<String> topics(ClusterView view, boolean excludeInternal) {
        return switch (this) {
            case Topics(Set<String> names) -> new TreeSet<>(names);
            case ByPattern(Pattern pattern) -> {
                Set<String> matching = new TreeSet<>();
                for (ClusterView.TopicView topic : view.topics()) {
                    boolean isHidden = excludeInternal && topic.isInternal();
                    if (topic.error() == ErrorCode.NONE
                            && !isHidden
                            && pattern.matcher(topic.name()).matches()) {
                        matching.add(topic.name());
                    }
                }
                yield matching;
            }
            case ByServer server -> new TreeSet<>();
        };
    }
}
