package io.millrace.common.errors;

/// The server answered `INVALID_REQUIRED_ACKS`.
public class InvalidRequiredAcksException extends ApiException {
    private static final long serialVersionUID = 1L;

    public InvalidRequiredAcksException(String message) {
        super(message);
    }

    public InvalidRequiredAcksException(String message, Throwable cause) {
        super(message, cause);
    }
}
