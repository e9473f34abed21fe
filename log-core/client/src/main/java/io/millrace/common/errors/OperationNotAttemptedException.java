package io.millrace.common.errors;

/// The server answered `OPERATION_NOT_ATTEMPTED`.
public class OperationNotAttemptedException extends ApiException {
    private static final long serialVersionUID = 1L;

    public OperationNotAttemptedException(String message) {
        super(message);
    }

    public OperationNotAttemptedException(String message, Throwable cause) {
        super(message, cause);
    }
}
