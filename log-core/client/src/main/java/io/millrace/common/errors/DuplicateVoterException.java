package io.millrace.common.errors;

/// The server answered `DUPLICATE_VOTER`.
public class DuplicateVoterException extends ApiException {
    private static final long serialVersionUID = 1L;

    public DuplicateVoterException(String message) {
        super(message);
    }

    public DuplicateVoterException(String message, Throwable cause) {
        super(message, cause);
    }
}
