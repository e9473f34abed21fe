package io.millrace.common.errors;

/// The server answered `STALE_CONTROLLER_EPOCH`.
public class ControllerMovedException extends ApiException {
    private static final long serialVersionUID = 1L;

    public ControllerMovedException(String message) {
        super(message);
    }

    public ControllerMovedException(String message, Throwable cause) {
        super(message, cause);
    }
}
