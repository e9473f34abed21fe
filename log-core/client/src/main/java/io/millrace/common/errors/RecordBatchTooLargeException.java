package io.millrace.common.errors;

/// The server answered `RECORD_LIST_TOO_LARGE`.
public class RecordBatchTooLargeException extends ApiException {
    private static final long serialVersionUID = 1L;

    public RecordBatchTooLargeException(String message) {
        super(message);
    }

    public RecordBatchTooLargeException(String message, Throwable cause) {
        super(message, cause);
    }
}
