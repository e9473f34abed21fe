package io.millrace.common.errors;

/// The server answered `INVALID_VOTER_KEY`.
public class InvalidVoterKeyException extends ApiException {
    private static final long serialVersionUID = 1L;

    public InvalidVoterKeyException(String message) {
        super(message);
    }

    public InvalidVoterKeyException(String message, Throwable cause) {
        super(message, cause);
    }
}
