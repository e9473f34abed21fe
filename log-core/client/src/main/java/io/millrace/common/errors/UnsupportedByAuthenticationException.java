package io.millrace.common.errors;

/// The server answered `DELEGATION_TOKEN_REQUEST_NOT_ALLOWED`.
public class UnsupportedByAuthenticationException extends ApiException {
    private static final long serialVersionUID = 1L;

    public UnsupportedByAuthenticationException(String message) {
        super(message);
    }

    public UnsupportedByAuthenticationException(String message, Throwable cause) {
        super(message, cause);
    }
}
