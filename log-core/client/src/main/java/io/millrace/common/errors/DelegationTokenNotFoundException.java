package io.millrace.common.errors;

/// The server answered `DELEGATION_TOKEN_NOT_FOUND`.
public class DelegationTokenNotFoundException extends ApiException {
    private static final long serialVersionUID = 1L;

    public DelegationTokenNotFoundException(String message) {
        super(message);
    }

    public DelegationTokenNotFoundException(String message, Throwable cause) {
        super(message, cause);
    }
}
