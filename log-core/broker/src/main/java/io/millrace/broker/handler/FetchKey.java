package io.millrace.broker.handler;

import io.millrace.protocol.Uuid;

/// Names a partition as the client does: by the topic's id, or in old versions by its name; the
/// other is empty.
record FetchKey(Uuid topicId, String name, int partition) {
    boolean isSameTopic(FetchKey other) {
        return topicId.equals(other.topicId) && name.equals(other.name);
    }
}
