package io.millrace.common.errors;

/// The server answered `PRINCIPAL_DESERIALIZATION_FAILURE`.
public class PrincipalDeserializationException extends ApiException {
    private static final long serialVersionUID = 1L;

    public PrincipalDeserializationException(String message) {
        super(message);
    }

    public PrincipalDeserializationException(String message, Throwable cause) {
        super(message, cause);
    }
}
