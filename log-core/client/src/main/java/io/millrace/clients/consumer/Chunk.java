package io.millrace.clients.consumer;

import io.millrace.common.TopicPartition;
import io.millrace.protocol.FetchResponse.AbortedTransaction;
import java.nio.ByteBuffer;
import java.util.List;

/// Batches of one partition as a fetch brought them.
///
/// @param generation of the partition's position when it was asked for: after a seek it is stale
/// @param nextOffset the first offset behind it
record Chunk(
        TopicPartition partition,
        int generation,
        ByteBuffer batches,
        long nextOffset,
        List<AbortedTransaction> aborted,
        Progress progress) {

    /// What the answer said of the partition.
    record Progress(long highWatermark, long lastStableOffset, long logStartOffset) {}
}
