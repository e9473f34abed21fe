package io.millrace.common.errors;

/// The server answered `UNRELEASED_INSTANCE_ID`.
public class UnreleasedInstanceIdException extends ApiException {
    private static final long serialVersionUID = 1L;

    public UnreleasedInstanceIdException(String message) {
        super(message);
    }

    public UnreleasedInstanceIdException(String message, Throwable cause) {
        super(message, cause);
    }
}
