package io.millrace.host;

import java.io.IOException;

/// There was no room for a write, or the quota is used up. Any part of it may have been written.
/// Unlike any other failure this one passes by itself: what was forced before is as safe as ever.
public final class DiskFull extends IOException {
    private static final long serialVersionUID = 1L;

    public DiskFull(String message) {
        super(message);
    }

    public DiskFull(String message, Throwable cause) {
        super(message, cause);
    }
}
