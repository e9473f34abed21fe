package io.millrace.protocol;

/// The disk holds bytes that were never written so: take the log directory offline.
public final class CorruptLog extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CorruptLog(String message) {
        super(message);
    }

    public CorruptLog(String message, Throwable cause) {
        super(message, cause);
    }
}
