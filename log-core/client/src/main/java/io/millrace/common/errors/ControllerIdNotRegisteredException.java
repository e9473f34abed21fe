package io.millrace.common.errors;

/// The server answered `CONTROLLER_ID_NOT_REGISTERED`.
public class ControllerIdNotRegisteredException extends ApiException {
    private static final long serialVersionUID = 1L;

    public ControllerIdNotRegisteredException(String message) {
        super(message);
    }

    public ControllerIdNotRegisteredException(String message, Throwable cause) {
        super(message, cause);
    }
}
