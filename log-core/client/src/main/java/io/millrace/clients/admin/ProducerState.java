package io.millrace.clients.admin;

import java.util.OptionalInt;
import java.util.OptionalLong;

/// What a partition remembers of a producer.
public record ProducerState(
        long producerId,
        int producerEpoch,
        int lastSequence,
        long lastTimestamp,
        OptionalInt coordinatorEpoch,
        OptionalLong currentTransactionStartOffset) {}
