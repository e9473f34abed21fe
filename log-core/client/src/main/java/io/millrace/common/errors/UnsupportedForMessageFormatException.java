package io.millrace.common.errors;

/// The server answered `UNSUPPORTED_FOR_MESSAGE_FORMAT`.
public class UnsupportedForMessageFormatException extends ApiException {
    private static final long serialVersionUID = 1L;

    public UnsupportedForMessageFormatException(String message) {
        super(message);
    }

    public UnsupportedForMessageFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
