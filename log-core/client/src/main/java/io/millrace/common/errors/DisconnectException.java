package io.millrace.common.errors;

/// The connection was lost before the answer came.
public class DisconnectException extends RetriableException {
    private static final long serialVersionUID = 1L;

    public DisconnectException(String message) {
        super(message);
    }

    public DisconnectException(String message, Throwable cause) {
        super(message, cause);
    }
}
