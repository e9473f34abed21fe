package io.millrace.common.errors;

/// The server answered `TELEMETRY_TOO_LARGE`.
public class TelemetryTooLargeException extends ApiException {
    private static final long serialVersionUID = 1L;

    public TelemetryTooLargeException(String message) {
        super(message);
    }

    public TelemetryTooLargeException(String message, Throwable cause) {
        super(message, cause);
    }
}
