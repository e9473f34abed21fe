package io.millrace.common.errors;

/// The server answered `ILLEGAL_GENERATION`.
public class IllegalGenerationException extends ApiException {
    private static final long serialVersionUID = 1L;

    public IllegalGenerationException(String message) {
        super(message);
    }

    public IllegalGenerationException(String message, Throwable cause) {
        super(message, cause);
    }
}
