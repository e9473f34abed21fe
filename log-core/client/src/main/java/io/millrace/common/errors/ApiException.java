package io.millrace.common.errors;

import io.millrace.common.KafkaException;

/// Something that the protocol has an error for.
public class ApiException extends KafkaException {
    private static final long serialVersionUID = 1L;

    public ApiException(String message) {
        super(message);
    }

    public ApiException(String message, Throwable cause) {
        super(message, cause);
    }
}
