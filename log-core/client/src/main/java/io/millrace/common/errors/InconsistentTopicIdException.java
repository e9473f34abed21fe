package io.millrace.common.errors;

/// The server answered `INCONSISTENT_TOPIC_ID`.
public class InconsistentTopicIdException extends InvalidMetadataException {
    private static final long serialVersionUID = 1L;

    public InconsistentTopicIdException(String message) {
        super(message);
    }

    public InconsistentTopicIdException(String message, Throwable cause) {
        super(message, cause);
    }
}
