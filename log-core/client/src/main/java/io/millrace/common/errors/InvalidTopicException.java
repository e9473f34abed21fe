package io.millrace.common.errors;

/// The server answered `INVALID_TOPIC_EXCEPTION`.
public class InvalidTopicException extends ApiException {
    private static final long serialVersionUID = 1L;

    public InvalidTopicException(String message) {
        super(message);
    }

    public InvalidTopicException(String message, Throwable cause) {
        super(message, cause);
    }
}
