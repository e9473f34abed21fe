package io.millrace.common.errors;

/// The server answered `INVALID_PRODUCER_ID_MAPPING`.
public class InvalidPidMappingException extends ApiException {
    private static final long serialVersionUID = 1L;

    public InvalidPidMappingException(String message) {
        super(message);
    }

    public InvalidPidMappingException(String message, Throwable cause) {
        super(message, cause);
    }
}
