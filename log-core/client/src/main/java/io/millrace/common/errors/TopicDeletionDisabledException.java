package io.millrace.common.errors;

/// The server answered `TOPIC_DELETION_DISABLED`.
public class TopicDeletionDisabledException extends ApiException {
    private static final long serialVersionUID = 1L;

    public TopicDeletionDisabledException(String message) {
        super(message);
    }

    public TopicDeletionDisabledException(String message, Throwable cause) {
        super(message, cause);
    }
}
