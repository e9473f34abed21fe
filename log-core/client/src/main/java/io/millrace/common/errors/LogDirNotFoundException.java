package io.millrace.common.errors;

/// The server answered `LOG_DIR_NOT_FOUND`.
public class LogDirNotFoundException extends ApiException {
    private static final long serialVersionUID = 1L;

    public LogDirNotFoundException(String message) {
        super(message);
    }

    public LogDirNotFoundException(String message, Throwable cause) {
        super(message, cause);
    }
}
