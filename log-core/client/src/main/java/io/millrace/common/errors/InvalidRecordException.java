package io.millrace.common.errors;

/// The server answered `INVALID_RECORD`.
public class InvalidRecordException extends ApiException {
    private static final long serialVersionUID = 1L;

    public InvalidRecordException(String message) {
        super(message);
    }

    public InvalidRecordException(String message, Throwable cause) {
        super(message, cause);
    }
}
