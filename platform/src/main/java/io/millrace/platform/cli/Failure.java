package io.millrace.platform.cli;

/// Ends a command with exit code 1 and one line for the user that says what to do.
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;

    public Failure(String message) {
        super(message, null, false, false);
    }
}
