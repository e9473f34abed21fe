package io.millrace.common.errors;

/// The server answered `UNKNOWN_CONTROLLER_ID`.
public class UnknownControllerIdException extends ApiException {
    private static final long serialVersionUID = 1L;

    public UnknownControllerIdException(String message) {
        super(message);
    }

    public UnknownControllerIdException(String message, Throwable cause) {
        super(message, cause);
    }
}
