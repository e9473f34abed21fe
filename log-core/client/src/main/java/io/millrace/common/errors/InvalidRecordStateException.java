package io.millrace.common.errors;

/// The server answered `INVALID_RECORD_STATE`.
public class InvalidRecordStateException extends ApiException {
    private static final long serialVersionUID = 1L;

    public InvalidRecordStateException(String message) {
        super(message);
    }

    public InvalidRecordStateException(String message, Throwable cause) {
        super(message, cause);
    }
}
