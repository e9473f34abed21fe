package io.millrace.protocol;

/// The operator set something that cannot work: refuse to start. The message names the setting and
/// says what it must be.
public final class BadSetting extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BadSetting(String message) {
        super(message);
    }

    public BadSetting(String message, Throwable cause) {
        super(message, cause);
    }
}
