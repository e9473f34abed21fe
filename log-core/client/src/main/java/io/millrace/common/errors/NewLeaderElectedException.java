package io.millrace.common.errors;

/// The server answered `NEW_LEADER_ELECTED`.
public class NewLeaderElectedException extends ApiException {
    private static final long serialVersionUID = 1L;

    public NewLeaderElectedException(String message) {
        super(message);
    }

    public NewLeaderElectedException(String message, Throwable cause) {
        super(message, cause);
    }
}
