package io.millrace.common.errors;

/// The server answered `MISMATCHED_ENDPOINT_TYPE`.
public class MismatchedEndpointTypeException extends ApiException {
    private static final long serialVersionUID = 1L;

    public MismatchedEndpointTypeException(String message) {
        super(message);
    }

    public MismatchedEndpointTypeException(String message, Throwable cause) {
        super(message, cause);
    }
}
