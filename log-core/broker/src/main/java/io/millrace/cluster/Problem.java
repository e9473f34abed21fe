package io.millrace.cluster;

import io.millrace.protocol.ErrorCode;
import org.jspecify.annotations.Nullable;

/// Why something was refused, or `NONE`.
///
/// @param message for people; null with `NONE`
public record Problem(ErrorCode error, @Nullable String message) {
    public static final Problem NONE = new Problem(ErrorCode.NONE, null);

    public boolean isNone() {
        return error == ErrorCode.NONE;
    }
}
