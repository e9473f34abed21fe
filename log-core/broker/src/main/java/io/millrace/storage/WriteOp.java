package io.millrace.storage;

import io.millrace.transport.Frame;
import java.io.IOException;
import java.nio.ByteBuffer;

/// What a log asks of its directory's writer. The generation is the log's at that time: after a
/// failure the writer drops what is still queued of the same one, because it continues what is
/// missing.
sealed interface WriteOp {
    LogTail tail();

    int generation();

    int queuedBytes();

    /// Whether this takes no longer than a copy into the page cache, as far as one can know.
    boolean isQuick();

    /// Batches for the end of a segment; the frame is released when they are written or dropped.
    record Append(
            LogTail tail,
            int generation,
            SegmentFile file,
            long position,
            ByteBuffer bytes,
            Frame frame,
            long endOffset)
            implements WriteOp {
        @Override
        public int queuedBytes() {
            return bytes.remaining();
        }

        @Override
        public boolean isQuick() {
            return tail.isQuick() && file.ifOpen() != null;
        }
    }

    /// Anything else that must happen after the appends before it.
    record Task(LogTail tail, int generation, Step step) implements WriteOp {
        @Override
        public int queuedBytes() {
            return 0;
        }

        @Override
        public boolean isQuick() {
            return false;
        }
    }

    /// Blocks, on the writer.
    interface Step {
        void run() throws IOException;

        /// Called instead of `run`, or when it failed.
        default void dropped(String reason) {}
    }
}
