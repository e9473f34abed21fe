package io.millrace.record;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One record as an object, for where convenience counts more than speed. Key and value are slices
/// of what it was read from.
public record LogRecord(
        long offset,
        long timestampMs,
        @Nullable ByteBuffer key,
        @Nullable ByteBuffer value,
        List<RecordHeader> headers) {
    public LogRecord {
        headers = List.copyOf(headers);
    }

    /// A header that was read.
    public record Header(String key, byte @Nullable [] value) implements RecordHeader {}
}
