package io.millrace.clients.consumer;

import io.millrace.common.TopicPartition;
import io.millrace.common.errors.ApiException;

/// What fetching has to say to the program; called on the thread that polls.
interface FetchEvents {
    void arrived(Chunk chunk);

    /// Nothing new, but the end of the partition is known better.
    void progressed(TopicPartition partition, int generation, Chunk.Progress progress);

    void outOfRange(TopicPartition partition, int generation, long offset);

    /// Fetching of the partition stopped until it is started again.
    void failed(TopicPartition partition, int generation, ApiException failure);
}
