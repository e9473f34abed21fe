package io.millrace.common.errors;

/// The server answered `SHARE_SESSION_LIMIT_REACHED`.
public class ShareSessionLimitReachedException extends RetriableException {
    private static final long serialVersionUID = 1L;

    public ShareSessionLimitReachedException(String message) {
        super(message);
    }

    public ShareSessionLimitReachedException(String message, Throwable cause) {
        super(message, cause);
    }
}
