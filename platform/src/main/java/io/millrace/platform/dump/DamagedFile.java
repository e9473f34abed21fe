package io.millrace.platform.dump;

/// A file is not what it should be, in one line for a person.
public final class DamagedFile extends RuntimeException {
    private static final long serialVersionUID = 1;

    DamagedFile(String message) {
        super(message, null, false, false);
    }
}
