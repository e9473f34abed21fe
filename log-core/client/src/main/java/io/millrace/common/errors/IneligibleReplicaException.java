package io.millrace.common.errors;

/// The server answered `INELIGIBLE_REPLICA`.
public class IneligibleReplicaException extends ApiException {
    private static final long serialVersionUID = 1L;

    public IneligibleReplicaException(String message) {
        super(message);
    }

    public IneligibleReplicaException(String message, Throwable cause) {
        super(message, cause);
    }
}
