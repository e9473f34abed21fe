package io.millrace.storage;

import io.millrace.host.FileRegion;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.Records;
import java.util.concurrent.CompletableFuture;

/// What a read gave.
public sealed interface ReadResult {
    ReadResult NOTHING = new Ready(Records.EMPTY);

    /// Batches from the one that holds the wanted offset on, so records before it may lead.
    /// `release` exactly once, when it was sent or will not be.
    record Ready(Records records) implements ReadResult {
        public void release() {
            if (records instanceof FileRegion region) {
                region.release();
            }
        }
    }

    /// Perhaps not in memory: a reader thread fetches it and completes this on the log's loop with
    /// any of the other results. Whoever does not want it any more still releases it.
    record Cold(CompletableFuture<ReadResult> later) implements ReadResult {}

    record OutOfRange(long startOffset, long endOffset) implements ReadResult {}

    record Failed(ErrorCode error) implements ReadResult {}
}
