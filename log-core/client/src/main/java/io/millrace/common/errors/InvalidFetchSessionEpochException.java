package io.millrace.common.errors;

/// The server answered `INVALID_FETCH_SESSION_EPOCH`.
public class InvalidFetchSessionEpochException extends RetriableException {
    private static final long serialVersionUID = 1L;

    public InvalidFetchSessionEpochException(String message) {
        super(message);
    }

    public InvalidFetchSessionEpochException(String message, Throwable cause) {
        super(message, cause);
    }
}
