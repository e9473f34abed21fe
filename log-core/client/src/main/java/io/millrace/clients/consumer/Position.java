package io.millrace.clients.consumer;

import io.millrace.common.TopicPartition;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where the program stands in one assigned partition. The generation rises with every seek: what
/// was fetched or looked up for an older one is thrown away.
///
/// Owner thread: the one that polls.
final class Position {
    private static final long UNKNOWN = -1;

    private final TopicPartition partition;
    private int generation;
    private long offset = UNKNOWN;
    private Optional<Integer> leaderEpoch = Optional.empty();
    private @Nullable OffsetReset wantedReset;
    private Chunk.@Nullable Progress progress;

    boolean isPaused;
    /// A lookup of where to start is under way.
    boolean isResolving;

    Position(TopicPartition partition) {
        this.partition = partition;
    }

    TopicPartition partition() {
        return partition;
    }

    int generation() {
        return generation;
    }

    boolean isKnown() {
        return offset != UNKNOWN;
    }

    long offset() {
        return offset;
    }

    OffsetAndMetadata toCommit() {
        return new OffsetAndMetadata(offset, leaderEpoch, "");
    }

    /// Goes to an offset.
    void seek(long to, Optional<Integer> epoch) {
        generation++;
        offset = to;
        leaderEpoch = epoch;
        wantedReset = null;
        isResolving = false;
    }

    /// Goes to where the reset leads, once that was looked up.
    void seek(OffsetReset reset) {
        generation++;
        offset = UNKNOWN;
        wantedReset = reset;
        isResolving = false;
    }

    /// What was asked for by `seek`; null when the committed offset decides.
    @Nullable
    OffsetReset wantedReset() {
        return wantedReset;
    }

    void moved(long to, Optional<Integer> epoch) {
        offset = to;
        leaderEpoch = epoch;
    }

    void progress(Chunk.Progress newer) {
        progress = newer;
    }

    Chunk.@Nullable Progress progress() {
        return progress;
    }
}
