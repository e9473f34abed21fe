package io.millrace.common.errors;

/// The server answered `INCONSISTENT_CLUSTER_ID`.
public class InconsistentClusterIdException extends ApiException {
    private static final long serialVersionUID = 1L;

    public InconsistentClusterIdException(String message) {
        super(message);
    }

    public InconsistentClusterIdException(String message, Throwable cause) {
        super(message, cause);
    }
}
