package io.millrace.common.errors;

/// The server answered `UNKNOWN_MEMBER_ID`.
public class UnknownMemberIdException extends ApiException {
    private static final long serialVersionUID = 1L;

    public UnknownMemberIdException(String message) {
        super(message);
    }

    public UnknownMemberIdException(String message, Throwable cause) {
        super(message, cause);
    }
}
