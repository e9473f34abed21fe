package io.millrace.common.errors;

/// The server answered `INVALID_PRODUCER_EPOCH`.
public class InvalidProducerEpochException extends ApiException {
    private static final long serialVersionUID = 1L;

    public InvalidProducerEpochException(String message) {
        super(message);
    }

    public InvalidProducerEpochException(String message, Throwable cause) {
        super(message, cause);
    }
}
