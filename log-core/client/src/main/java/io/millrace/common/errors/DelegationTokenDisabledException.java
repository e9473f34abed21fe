package io.millrace.common.errors;

/// The server answered `DELEGATION_TOKEN_AUTH_DISABLED`.
public class DelegationTokenDisabledException extends ApiException {
    private static final long serialVersionUID = 1L;

    public DelegationTokenDisabledException(String message) {
        super(message);
    }

    public DelegationTokenDisabledException(String message, Throwable cause) {
        super(message, cause);
    }
}
