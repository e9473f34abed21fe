package io.millrace.protocol;

/// The peer sent bytes that are not what they claim to be: close its connection.
public final class MalformedFrame extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedFrame(String message) {
        super(message);
    }

    public MalformedFrame(String message, Throwable cause) {
        super(message, cause);
    }
}
