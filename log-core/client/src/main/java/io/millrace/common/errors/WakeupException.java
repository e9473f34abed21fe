package io.millrace.common.errors;

import io.millrace.common.KafkaException;

/// Another thread called `wakeup`.
public class WakeupException extends KafkaException {
    private static final long serialVersionUID = 1L;

    public WakeupException() {
        super("Woken up by another thread");
    }
}
