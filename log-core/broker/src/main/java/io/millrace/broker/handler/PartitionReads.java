package io.millrace.broker.handler;

import io.millrace.broker.partition.PartitionDriver;
import io.millrace.broker.partition.Shard;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.FetchRequest.FetchPartition;
import io.millrace.protocol.FetchResponse.EpochEndOffset;
import io.millrace.protocol.FetchResponse.PartitionData;
import io.millrace.protocol.Records;
import io.millrace.storage.EpochEnd;
import io.millrace.storage.LogId;
import io.millrace.storage.PartitionLog;
import io.millrace.storage.ReadResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the partitions of one fetch that belong to one shard, on its loop.
final class PartitionReads {
    private static final long UNKNOWN = -1;
    private static final byte READ_COMMITTED = 1;

    private final Shard shard;
    private final byte isolation;
    private final Sink sink;
    private int bytesLeft;
    private boolean hasRecords;

    /// One partition to read.
    record Part(int slot, LogId id, FetchPartition from) {}

    /// Takes what was read, which may be later where it was not in memory.
    interface Sink {
        void read(int slot, PartitionData data);

        /// With records of a partition, or none of them.
        void read(int slot, PartitionDriver partition, PartitionData data);
    }

    PartitionReads(Shard shard, byte isolation, int maxBytes, Sink sink) {
        this.shard = shard;
        this.isolation = isolation;
        this.bytesLeft = maxBytes;
        this.sink = sink;
    }

    /// Bytes that were found, as far as they are known yet.
    static PartitionData failure(FetchPartition from, ErrorCode error) {
        return PartitionData.DEFAULT
                .withPartitionIndex(from.partition())
                .withErrorCode(error)
                .withHighWatermark(UNKNOWN)
                .withAbortedTransactions(null);
    }

    void readAll(List<Part> parts) {
        for (Part part : parts) {
            read(part);
        }
    }

    private void read(Part part) {
        FetchPartition from = part.from();
        PartitionDriver partition = shard.partition(part.id());
        if (partition == null) {
            sink.read(part.slot(), failure(from, ErrorCode.NOT_LEADER_OR_FOLLOWER));
            return;
        }
        ErrorCode refusal = partition.checkEpoch(from.currentLeaderEpoch());
        if (refusal != ErrorCode.NONE) {
            sink.read(part.slot(), failure(from, refusal));
            return;
        }
        EpochEnd divergence = divergence(partition.log(), from);
        if (divergence == null) {
            read(part, partition);
        } else if (divergence.endOffset() < 0) {
            sink.read(part.slot(), failure(from, ErrorCode.OFFSET_OUT_OF_RANGE));
        } else {
            sink.read(
                    part.slot(),
                    state(part, partition)
                            .withDivergingEpoch(new EpochEndOffset(
                                    divergence.epoch(), divergence.endOffset())));
        }
    }

    private void read(Part part, PartitionDriver partition) {
        int maxBytes =
                Math.min(Math.max(0, part.from().partitionMaxBytes()), Math.max(0, bytesLeft));
        ReadResult result = maxBytes == 0 && hasRecords
                ? ReadResult.NOTHING
                : partition.read(part.from().fetchOffset(), maxBytes, !hasRecords);
        finish(part, partition, result);
    }

    private void finish(Part part, PartitionDriver partition, ReadResult result) {
        switch (result) {
            case ReadResult.Ready(Records records) -> {
                bytesLeft -= records.sizeInBytes();
                hasRecords |= records.sizeInBytes() > 0;
                sink.read(part.slot(), partition, state(part, partition).withRecords(records));
            }
            case ReadResult.Cold cold -> {
                bytesLeft -= part.from().partitionMaxBytes();
                hasRecords = true;
                cold.later().whenComplete((later, failure) -> {
                    if (failure == null) {
                        finish(part, partition, later);
                    } else {
                        sink.read(part.slot(), failure(part.from(), ErrorCode.KAFKA_STORAGE_ERROR));
                    }
                });
            }
            case ReadResult.OutOfRange _ ->
                sink.read(part.slot(), failure(part.from(), ErrorCode.OFFSET_OUT_OF_RANGE));
            case ReadResult.Failed(ErrorCode error) ->
                sink.read(part.slot(), failure(part.from(), error));
        }
    }

    private PartitionData state(Part part, PartitionDriver partition) {
        return PartitionData.DEFAULT
                .withPartitionIndex(part.from().partition())
                .withHighWatermark(partition.highWatermark())
                .withLastStableOffset(partition.highWatermark())
                .withLogStartOffset(partition.log().startOffset())
                .withAbortedTransactions(isolation == READ_COMMITTED ? List.of() : null);
    }

    /// Where the reader's log parts from this one, if it says what it read last and does; with a
    /// negative end where that epoch is not known at all.
    private static @Nullable EpochEnd divergence(PartitionLog log, FetchPartition from) {
        if (from.lastFetchedEpoch() < 0) {
            return null;
        }
        EpochEnd end = log.endOfEpoch(from.lastFetchedEpoch());
        boolean parts = end.endOffset() < 0
                || end.epoch() < from.lastFetchedEpoch()
                || end.endOffset() < from.fetchOffset();
        return parts ? end : null;
    }
}
