package io.millrace.common.errors;

/// The server answered `PRODUCER_FENCED`.
public class ProducerFencedException extends ApiException {
    private static final long serialVersionUID = 1L;

    public ProducerFencedException(String message) {
        super(message);
    }

    public ProducerFencedException(String message, Throwable cause) {
        super(message, cause);
    }
}
