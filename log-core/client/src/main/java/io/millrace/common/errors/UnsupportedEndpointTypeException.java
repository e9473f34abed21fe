package io.millrace.common.errors;

/// The server answered `UNSUPPORTED_ENDPOINT_TYPE`.
public class UnsupportedEndpointTypeException extends ApiException {
    private static final long serialVersionUID = 1L;

    public UnsupportedEndpointTypeException(String message) {
        super(message);
    }

    public UnsupportedEndpointTypeException(String message, Throwable cause) {
        super(message, cause);
    }
}
