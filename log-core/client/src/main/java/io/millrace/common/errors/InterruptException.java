package io.millrace.common.errors;

import io.millrace.common.KafkaException;

/// The thread was interrupted while it waited; its interrupt flag is set again.
public class InterruptException extends KafkaException {
    private static final long serialVersionUID = 1L;

    public InterruptException(String message) {
        super(message);
        Thread.currentThread().interrupt();
    }

    public InterruptException(InterruptedException cause) {
        super("Interrupted while waiting", cause);
        Thread.currentThread().interrupt();
    }
}
