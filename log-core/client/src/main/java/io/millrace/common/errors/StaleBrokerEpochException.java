package io.millrace.common.errors;

/// The server answered `STALE_BROKER_EPOCH`.
public class StaleBrokerEpochException extends ApiException {
    private static final long serialVersionUID = 1L;

    public StaleBrokerEpochException(String message) {
        super(message);
    }

    public StaleBrokerEpochException(String message, Throwable cause) {
        super(message, cause);
    }
}
