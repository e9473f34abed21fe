package io.millrace.common.errors;

/// The server answered `UNKNOWN_SUBSCRIPTION_ID`.
public class UnknownSubscriptionIdException extends ApiException {
    private static final long serialVersionUID = 1L;

    public UnknownSubscriptionIdException(String message) {
        super(message);
    }

    public UnknownSubscriptionIdException(String message, Throwable cause) {
        super(message, cause);
    }
}
