package io.millrace.common.errors;

/// The server answered `INVALID_REGISTRATION`.
public class InvalidRegistrationException extends ApiException {
    private static final long serialVersionUID = 1L;

    public InvalidRegistrationException(String message) {
        super(message);
    }

    public InvalidRegistrationException(String message, Throwable cause) {
        super(message, cause);
    }
}
