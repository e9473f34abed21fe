package io.millrace.common.errors;

/// The server answered `FETCH_SESSION_TOPIC_ID_ERROR`.
public class FetchSessionTopicIdException extends RetriableException {
    private static final long serialVersionUID = 1L;

    public FetchSessionTopicIdException(String message) {
        super(message);
    }

    public FetchSessionTopicIdException(String message, Throwable cause) {
        super(message, cause);
    }
}
