package io.millrace.group;

import io.millrace.protocol.ErrorCode;
import org.jspecify.annotations.Nullable;

/// Why a request is refused, with the sentence that some answers carry.
record Refusal(ErrorCode error, @Nullable String message) {
    static final Refusal NONE = new Refusal(ErrorCode.NONE, null);

    static Refusal of(ErrorCode error) {
        return error == ErrorCode.NONE ? NONE : new Refusal(error, error.message());
    }

    boolean isNone() {
        return error == ErrorCode.NONE;
    }
}
