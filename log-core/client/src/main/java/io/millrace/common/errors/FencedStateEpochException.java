package io.millrace.common.errors;

/// The server answered `FENCED_STATE_EPOCH`.
public class FencedStateEpochException extends ApiException {
    private static final long serialVersionUID = 1L;

    public FencedStateEpochException(String message) {
        super(message);
    }

    public FencedStateEpochException(String message, Throwable cause) {
        super(message, cause);
    }
}
