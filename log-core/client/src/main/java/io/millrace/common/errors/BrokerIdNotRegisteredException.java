package io.millrace.common.errors;

/// The server answered `BROKER_ID_NOT_REGISTERED`.
public class BrokerIdNotRegisteredException extends ApiException {
    private static final long serialVersionUID = 1L;

    public BrokerIdNotRegisteredException(String message) {
        super(message);
    }

    public BrokerIdNotRegisteredException(String message, Throwable cause) {
        super(message, cause);
    }
}
