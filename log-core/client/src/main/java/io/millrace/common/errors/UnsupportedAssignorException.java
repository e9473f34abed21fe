package io.millrace.common.errors;

/// The server answered `UNSUPPORTED_ASSIGNOR`.
public class UnsupportedAssignorException extends ApiException {
    private static final long serialVersionUID = 1L;

    public UnsupportedAssignorException(String message) {
        super(message);
    }

    public UnsupportedAssignorException(String message, Throwable cause) {
        super(message, cause);
    }
}
