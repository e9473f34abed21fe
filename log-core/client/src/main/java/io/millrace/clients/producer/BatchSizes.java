package io.millrace.clients.producer;

import io.millrace.record.BatchBuilder;
import io.millrace.record.RecordBatch;
import io.millrace.record.RecordHeader;
import org.jspecify.annotations.Nullable;

/// How many bytes a record can take at most, from its parts.
final class BatchSizes {
    static final int HEADER_BYTES = RecordBatch.HEADER_BYTES;

    private static final int MOST_BYTES_A_CHAR = 3;
    private static final int LENGTHS_OF_A_HEADER = 10;

    private BatchSizes() {}

    static long mostBytes(
            byte @Nullable [] key,
            byte @Nullable [] value,
            Iterable<? extends RecordHeader> headers) {
        long size = BatchBuilder.RECORD_OVERHEAD;
        size += key == null ? 0 : key.length;
        size += value == null ? 0 : value.length;
        for (RecordHeader header : headers) {
            byte[] content = header.value();
            size += LENGTHS_OF_A_HEADER
                    + MOST_BYTES_A_CHAR * (long) header.key().length()
                    + (content == null ? 0 : content.length);
        }
        return size;
    }
}
