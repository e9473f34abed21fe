package io.millrace.clients.producer;

import io.millrace.record.BatchReader;
import java.util.ArrayList;
import java.util.List;

/// Makes several batches of one that the server finds too large: pieces of at most half its size,
/// and of `batch.size` where that is less.
final class BatchSplitter {
    private BatchSplitter() {}

    static List<ProducerBatch> split(ProducerBatch batch, BufferMemory memory, int batchBytes) {
        int limit = Math.min(Math.max(1, batchBytes), Math.max(1, batch.plainBytes() / 2));
        List<ProducerBatch> pieces = new ArrayList<>();
        try (BatchReader reader = new BatchReader(Integer.MAX_VALUE)) {
            reader.begin(batch.builder().finish());
            reader.nextBatch();
            ProducerBatch piece = null;
            for (SendFuture send : batch.sends()) {
                reader.nextRecord();
                int size = reader.keySize() + reader.valueSize() + BatchSizes.HEADER_BYTES;
                if (piece == null || !piece.hasRoomFor(size, limit)) {
                    long bytes = Math.max(limit, size);
                    piece = new ProducerBatch(
                            batch.partition(),
                            memory.takeAnyway(bytes),
                            bytes,
                            batch.createdNanos());
                    piece.sent(); // so that it is due at once
                    pieces.add(piece);
                }
                piece.builder().appendFrom(reader, piece.builder().nextOffset());
                piece.adopt(send);
            }
        }
        pieces.forEach(ProducerBatch::close);
        return pieces;
    }
}
