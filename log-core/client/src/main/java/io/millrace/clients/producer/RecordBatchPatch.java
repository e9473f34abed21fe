package io.millrace.clients.producer;

import io.millrace.record.RecordBatch;
import java.nio.ByteBuffer;

/// Gives a finished batch another producer epoch and sequence, without compressing it again.
final class RecordBatchPatch {
    private static final int PRODUCER_ID_AT = 43;
    private static final int PRODUCER_EPOCH_AT = 51;
    private static final int BASE_SEQUENCE_AT = 53;

    private RecordBatchPatch() {}

    static void producer(ByteBuffer batch, long id, short epoch, int sequence) {
        batch.putLong(PRODUCER_ID_AT, id)
                .putShort(PRODUCER_EPOCH_AT, epoch)
                .putInt(BASE_SEQUENCE_AT, sequence);
        RecordBatch.setCrc(batch, 0);
    }
}
