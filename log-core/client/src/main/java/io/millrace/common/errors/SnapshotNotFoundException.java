package io.millrace.common.errors;

/// The server answered `SNAPSHOT_NOT_FOUND`.
public class SnapshotNotFoundException extends ApiException {
    private static final long serialVersionUID = 1L;

    public SnapshotNotFoundException(String message) {
        super(message);
    }

    public SnapshotNotFoundException(String message, Throwable cause) {
        super(message, cause);
    }
}
