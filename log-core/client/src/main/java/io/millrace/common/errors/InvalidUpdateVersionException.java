package io.millrace.common.errors;

/// The server answered `INVALID_UPDATE_VERSION`.
public class InvalidUpdateVersionException extends ApiException {
    private static final long serialVersionUID = 1L;

    public InvalidUpdateVersionException(String message) {
        super(message);
    }

    public InvalidUpdateVersionException(String message, Throwable cause) {
        super(message, cause);
    }
}
