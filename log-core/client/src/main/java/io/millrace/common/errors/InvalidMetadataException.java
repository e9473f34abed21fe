package io.millrace.common.errors;

/// What the client knows of the cluster is out of date.
public class InvalidMetadataException extends RetriableException {
    private static final long serialVersionUID = 1L;

    public InvalidMetadataException(String message) {
        super(message);
    }

    public InvalidMetadataException(String message, Throwable cause) {
        super(message, cause);
    }
}
