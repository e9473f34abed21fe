package io.millrace.common.errors;

/// The server answered `VOTER_NOT_FOUND`.
public class VoterNotFoundException extends ApiException {
    private static final long serialVersionUID = 1L;

    public VoterNotFoundException(String message) {
        super(message);
    }

    public VoterNotFoundException(String message, Throwable cause) {
        super(message, cause);
    }
}
