package io.millrace.host;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One record of a {@link Journal}, as it stands in the log: also one that another program wrote.
///
/// @param key null for a log whose records have none (the metadata log)
/// @param value null is a tombstone
/// @param timestampMs milliseconds since 1970
public record JournalRecord(
        @Nullable ByteBuffer key,
        @Nullable ByteBuffer value,
        List<Header> headers,
        long timestampMs) {
    public JournalRecord {
        headers = List.copyOf(headers);
    }

    public static JournalRecord of(
            @Nullable ByteBuffer key, @Nullable ByteBuffer value, long timestampMs) {
        return new JournalRecord(key, value, List.of(), timestampMs);
    }

    /// At most this many bytes in a batch: a bound for whoever must know before it appends.
    long maxBytes() {
        long bytes = 32 + length(key) + length(value);
        for (Header header : headers) {
            bytes += 10 + 3L * header.key().length() + length(header.value());
        }
        return bytes;
    }

    private static long length(@Nullable ByteBuffer bytes) {
        return bytes == null ? 0 : bytes.remaining();
    }

    /// A record header.
    public record Header(String key, @Nullable ByteBuffer value) {}
}
