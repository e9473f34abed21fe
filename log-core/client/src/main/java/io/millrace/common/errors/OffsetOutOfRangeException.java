package io.millrace.common.errors;

/// The server answered `OFFSET_OUT_OF_RANGE`.
public class OffsetOutOfRangeException extends ApiException {
    private static final long serialVersionUID = 1L;

    public OffsetOutOfRangeException(String message) {
        super(message);
    }

    public OffsetOutOfRangeException(String message, Throwable cause) {
        super(message, cause);
    }
}
