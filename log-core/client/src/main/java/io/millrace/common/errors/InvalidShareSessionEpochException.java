package io.millrace.common.errors;

/// The server answered `INVALID_SHARE_SESSION_EPOCH`.
public class InvalidShareSessionEpochException extends RetriableException {
    private static final long serialVersionUID = 1L;

    public InvalidShareSessionEpochException(String message) {
        super(message);
    }

    public InvalidShareSessionEpochException(String message, Throwable cause) {
        super(message, cause);
    }
}
