package io.millrace.common.errors;

import java.util.Set;

/// The server answered `TOPIC_AUTHORIZATION_FAILED`.
public class TopicAuthorizationException extends AuthorizationException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial")
    private final Set<String> unauthorizedTopics;

    public TopicAuthorizationException(String message, Set<String> topics) {
        super(message);
        unauthorizedTopics = Set.copyOf(topics);
    }

    public TopicAuthorizationException(Set<String> topics) {
        this("Access was denied to the topics " + topics, topics);
    }

    public TopicAuthorizationException(String message) {
        this(message, Set.of());
    }

    /// The topics, where they are known.
    public Set<String> unauthorizedTopics() {
        return unauthorizedTopics;
    }
}
