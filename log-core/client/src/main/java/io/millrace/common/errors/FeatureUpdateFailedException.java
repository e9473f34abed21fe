package io.millrace.common.errors;

/// The server answered `FEATURE_UPDATE_FAILED`.
public class FeatureUpdateFailedException extends ApiException {
    private static final long serialVersionUID = 1L;

    public FeatureUpdateFailedException(String message) {
        super(message);
    }

    public FeatureUpdateFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
