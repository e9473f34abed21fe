package io.millrace.common.errors;

/// The server answered `UNACCEPTABLE_CREDENTIAL`.
public class UnacceptableCredentialException extends ApiException {
    private static final long serialVersionUID = 1L;

    public UnacceptableCredentialException(String message) {
        super(message);
    }

    public UnacceptableCredentialException(String message, Throwable cause) {
        super(message, cause);
    }
}
