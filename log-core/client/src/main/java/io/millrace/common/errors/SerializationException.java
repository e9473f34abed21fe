package io.millrace.common.errors;

import io.millrace.common.KafkaException;

/// A key or value could not be written or read.
public class SerializationException extends KafkaException {
    private static final long serialVersionUID = 1L;

    public SerializationException(String message) {
        super(message);
    }

    public SerializationException(String message, Throwable cause) {
        super(message, cause);
    }
}
