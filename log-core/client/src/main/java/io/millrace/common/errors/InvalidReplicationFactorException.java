package io.millrace.common.errors;

/// The server answered `INVALID_REPLICATION_FACTOR`.
public class InvalidReplicationFactorException extends ApiException {
    private static final long serialVersionUID = 1L;

    public InvalidReplicationFactorException(String message) {
        super(message);
    }

    public InvalidReplicationFactorException(String message, Throwable cause) {
        super(message, cause);
    }
}
