package io.millrace.record;

import java.util.function.Supplier;
import org.apache.kafka.common.utils.Time;

/// A clock for Kafka's classes that stands still.
record FixedTime(long nowMs) implements Time {
    @Override
    public long milliseconds() {
        return nowMs;
    }

    @Override
    public long nanoseconds() {
        return nowMs * 1_000_000;
    }

    @Override
    public void sleep(long ms) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void waitObject(Object object, Supplier<Boolean> condition, long deadlineMs) {
        throw new UnsupportedOperationException();
    }
}
