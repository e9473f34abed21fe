package io.millrace.common.errors;

/// The server answered `POSITION_OUT_OF_RANGE`.
public class PositionOutOfRangeException extends ApiException {
    private static final long serialVersionUID = 1L;

    public PositionOutOfRangeException(String message) {
        super(message);
    }

    public PositionOutOfRangeException(String message, Throwable cause) {
        super(message, cause);
    }
}
