package io.millrace.platform.cli;

import io.millrace.clients.admin.Admin;
import io.millrace.clients.admin.OffsetSpec;
import io.millrace.common.TopicPartition;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// A place in a topic, as a user writes it: `start`, `end`, an offset, `-N` (N before the end), or
/// `@TIME`.
sealed interface Position {
    record Start() implements Position {}

    record End() implements Position {}

    record Offset(long offset) implements Position {}

    record BeforeEnd(long records) implements Position {}

    record At(long timestampMs) implements Position {}

    static Position parse(String text) {
        switch (text) {
            case "start", "beginning", "earliest" -> {
                return new Start();
            }
            case "end", "latest" -> {
                return new End();
            }
            default -> {}
        }
        try {
            if (text.startsWith("@")) {
                String time = text.substring(1);
                return new At(
                        time.matches("\\d+")
                                ? Long.parseLong(time)
                                : Instant.parse(time).toEpochMilli());
            }
            long number = Long.parseLong(text);
            return number < 0 ? new BeforeEnd(-number) : new Offset(number);
        } catch (NumberFormatException | DateTimeParseException | ArithmeticException unreadable) {
            throw new Failure(
                    "'" + text + "' is no position: write start, end, an offset, -N for N before "
                            + "the end, or @TIME (milliseconds, or like 2026-01-31T12:00:00Z)");
        }
    }

    /// The offset for each partition, within what the partition holds.
    default Map<TopicPartition, Long> resolve(Admin admin, Set<TopicPartition> partitions) {
        var first = GroupCommand.ends(admin, partitions, OffsetSpec.earliest());
        var last = GroupCommand.ends(admin, partitions, OffsetSpec.latest());
        var found = new HashMap<TopicPartition, Long>();
        switch (this) {
            case Start() -> found.putAll(first);
            case End() -> found.putAll(last);
            case Offset(long offset) ->
                partitions.forEach(p -> found.put(
                        p,
                        Math.clamp(offset, first.getOrDefault(p, 0L), last.getOrDefault(p, 0L))));
            case BeforeEnd(long records) ->
                partitions.forEach(p -> found.put(
                        p,
                        Math.max(first.getOrDefault(p, 0L), last.getOrDefault(p, 0L) - records)));
            case At(long timestampMs) ->
                GroupCommand.ends(admin, partitions, OffsetSpec.forTimestamp(timestampMs))
                        .forEach((p, offset) ->
                                found.put(p, offset < 0 ? last.getOrDefault(p, 0L) : offset));
        }
        return found;
    }
}
