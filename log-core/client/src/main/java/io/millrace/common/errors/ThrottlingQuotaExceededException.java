package io.millrace.common.errors;

/// The server answered `THROTTLING_QUOTA_EXCEEDED`.
public class ThrottlingQuotaExceededException extends RetriableException {
    private static final long serialVersionUID = 1L;

    public ThrottlingQuotaExceededException(String message) {
        super(message);
    }

    public ThrottlingQuotaExceededException(String message, Throwable cause) {
        super(message, cause);
    }
}
