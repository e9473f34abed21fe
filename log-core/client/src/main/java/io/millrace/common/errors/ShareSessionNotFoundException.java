package io.millrace.common.errors;

/// The server answered `SHARE_SESSION_NOT_FOUND`.
public class ShareSessionNotFoundException extends RetriableException {
    private static final long serialVersionUID = 1L;

    public ShareSessionNotFoundException(String message) {
        super(message);
    }

    public ShareSessionNotFoundException(String message, Throwable cause) {
        super(message, cause);
    }
}
