package io.millrace.common.errors;

/// The server answered `GROUP_DELETION_FAILED`.
public class GroupDeletionFailedException extends ApiException {
    private static final long serialVersionUID = 1L;

    public GroupDeletionFailedException(String message) {
        super(message);
    }

    public GroupDeletionFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
