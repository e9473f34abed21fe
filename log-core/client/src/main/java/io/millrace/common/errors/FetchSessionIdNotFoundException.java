package io.millrace.common.errors;

/// The server answered `FETCH_SESSION_ID_NOT_FOUND`.
public class FetchSessionIdNotFoundException extends RetriableException {
    private static final long serialVersionUID = 1L;

    public FetchSessionIdNotFoundException(String message) {
        super(message);
    }

    public FetchSessionIdNotFoundException(String message, Throwable cause) {
        super(message, cause);
    }
}
