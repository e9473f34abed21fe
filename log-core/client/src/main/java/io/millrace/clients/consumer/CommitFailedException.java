package io.millrace.clients.consumer;

import io.millrace.common.KafkaException;

/// The group has gone on without this member: what it read since its last commit, others read
/// again.
public class CommitFailedException extends KafkaException {
    private static final long serialVersionUID = 1L;

    public CommitFailedException(String message) {
        super(message);
    }

    public CommitFailedException() {
        this("The group has rebalanced and the partitions belong to another member. Poll more"
                + " often, take fewer records at once (max.poll.records), or raise"
                + " max.poll.interval.ms");
    }
}
