package io.millrace.clients.consumer;

import io.millrace.protocol.BadSetting;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/// Where to read from when there is no offset (`auto.offset.reset`).
sealed interface OffsetReset {
    long EARLIEST_TIMESTAMP = -2;
    long LATEST_TIMESTAMP = -1;

    record Earliest() implements OffsetReset {}

    record Latest() implements OffsetReset {}

    record None() implements OffsetReset {}

    record Ago(Duration duration) implements OffsetReset {}

    static OffsetReset parse(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return switch (lower) {
            case "earliest" -> new Earliest();
            case "latest" -> new Latest();
            case "none" -> new None();
            default -> {
                if (!lower.startsWith("by_duration:")) {
                    throw bad(text);
                }
                yield new Ago(duration(text));
            }
        };
    }

    private static Duration duration(String text) {
        try {
            Duration duration = Duration.parse(text.substring("by_duration:".length()));
            if (!duration.isNegative()) {
                return duration;
            }
        } catch (DateTimeParseException e) {
            throw bad(text);
        }
        throw bad(text);
    }

    private static BadSetting bad(String text) {
        return new BadSetting(
                "Invalid value " + text + " for configuration auto.offset.reset: it must "
                        + "be earliest, latest, none or by_duration:<ISO 8601 duration>");
    }

    /// The timestamp to ask the server for; None has none.
    default long timestamp(long nowMs) {
        return switch (this) {
            case Earliest earliest -> EARLIEST_TIMESTAMP;
            case Latest latest -> LATEST_TIMESTAMP;
            case Ago(Duration duration) -> nowMs - duration.toMillis();
            case None none -> throw new IllegalStateException("bug: nothing to reset to");
        };
    }
}
