package io.millrace.common.errors;

/// The server answered `INVALID_PRINCIPAL_TYPE`.
public class InvalidPrincipalTypeException extends ApiException {
    private static final long serialVersionUID = 1L;

    public InvalidPrincipalTypeException(String message) {
        super(message);
    }

    public InvalidPrincipalTypeException(String message, Throwable cause) {
        super(message, cause);
    }
}
