package io.millrace.common.errors;

/// The server answered `INCONSISTENT_VOTER_SET`.
public class InconsistentVoterSetException extends ApiException {
    private static final long serialVersionUID = 1L;

    public InconsistentVoterSetException(String message) {
        super(message);
    }

    public InconsistentVoterSetException(String message, Throwable cause) {
        super(message, cause);
    }
}
