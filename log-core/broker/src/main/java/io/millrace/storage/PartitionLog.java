package io.millrace.storage;

import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.Uuid;
import io.millrace.transport.Frame;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// One partition's log on this node. Belongs to one loop: every method is called on it, returns at once, and
/// futures complete on it.
///
/// Offsets: `startOffset` <= `flushedEnd` <= `writtenEnd` <= `endOffset`. What was appended is given
/// its offset at once, is written and fsynced by the directory's writer, and the listener
/// hears when `writtenEnd` and `flushedEnd` rise. Only what lies below `safeEnd` may be acknowledged,
/// counted for the high watermark, or shown to a reader.
public final class PartitionLog {
    private PartitionLog() {}

    public LogId id() {
        throw new UnsupportedOperationException();
    }

    /// From `partition.metadata`; zero where the directory was written without one.
    public Uuid topicId() {
        throw new UnsupportedOperationException();
    }

    public LogDirectory directory() {
        throw new UnsupportedOperationException();
    }

    public LogConfig config() {
        throw new UnsupportedOperationException();
    }

    public void reconfigure(LogConfig changed) {
        throw new UnsupportedOperationException();
    }

    /// NONE when an append can be taken now; KAFKA_STORAGE_ERROR when the directory is offline or full, or
    /// its writer too far behind.
    public ErrorCode admission() {
        throw new UnsupportedOperationException();
    }

    /// Appends whole batches. For `Client` and `Internal` they get their offsets and the leader's epoch, in
    /// place in the buffer, which is a slice of the frame (or of memory the caller never touches
    /// again, with {@link #append(ByteBuffer, AppendOrigin)}). If appended, the log retains the frame until
    /// the batches are written. A producer's repetition is answered as `Duplicate`.
    public AppendResult append(Frame frame, ByteBuffer batches, AppendOrigin origin) {
        throw new UnsupportedOperationException();
    }

    public AppendResult append(ByteBuffer batches, AppendOrigin origin) {
        throw new UnsupportedOperationException();
    }

    /// Batches from `fromOffset` on, none of which reaches beyond `limitOffset` (a batch boundary: the high
    /// watermark, or `safeEnd` for a follower) or beyond what was written. About `maxBytes` of
    /// them: the last may be cut off, but with `minOneBatch` the first is whole whatever its size.
    public ReadResult read(long fromOffset, int maxBytes, boolean minOneBatch, long limitOffset) {
        throw new UnsupportedOperationException();
    }

    /// Reads [from, to) in whole batches, some at a time, and completes at `to` or exceptionally. A buffer
    /// is valid during the call only.
    public CompletableFuture<Void> replay(long from, long to, Consumer<ByteBuffer> batches) {
        throw new UnsupportedOperationException();
    }

    /// The first record below `limitOffset` whose timestamp is at least this.
    public CompletableFuture<OffsetAtTime> offsetForTime(long timestampMs, long limitOffset) {
        throw new UnsupportedOperationException();
    }

    /// The first record with the largest timestamp (ListOffsets' -3).
    public CompletableFuture<OffsetAtTime> offsetOfMaxTime() {
        throw new UnsupportedOperationException();
    }

    /// For OffsetForLeaderEpoch.
    public EpochEnd endOfEpoch(int leaderEpoch) {
        throw new UnsupportedOperationException();
    }

    /// The leader's epoch of the newest record, or -1.
    public int lastEpoch() {
        throw new UnsupportedOperationException();
    }

    /// The leader's epoch of the record at this offset, or -1.
    public int epochAt(long offset) {
        throw new UnsupportedOperationException();
    }

    /// The first offset that can be read.
    public long startOffset() {
        throw new UnsupportedOperationException();
    }

    /// Where the next record goes.
    public long endOffset() {
        throw new UnsupportedOperationException();
    }

    public long writtenEnd() {
        throw new UnsupportedOperationException();
    }

    public long flushedEnd() {
        throw new UnsupportedOperationException();
    }

    /// `flushedEnd` in `millrace.flush=group`, `writtenEnd` in `os`. Rises only, also when the mode changes.
    public long safeEnd() {
        throw new UnsupportedOperationException();
    }

    public long sizeInBytes() {
        throw new UnsupportedOperationException();
    }

    public boolean isOnline() {
        throw new UnsupportedOperationException();
    }

    /// DeleteRecords: makes everything before the offset unreadable at once, and deletes the segments that
    /// hold nothing else. Completes when this survives a crash.
    public CompletableFuture<Void> deleteBefore(long offset) {
        throw new UnsupportedOperationException();
    }

    /// Followers: forgets everything from the offset on, on disk too, before it completes. Nothing can be
    /// appended meanwhile.
    public CompletableFuture<Void> truncateTo(long offset) {
        throw new UnsupportedOperationException();
    }

    /// Followers: begins anew, empty, at this offset.
    public CompletableFuture<Void> restartAt(long offset) {
        throw new UnsupportedOperationException();
    }

    /// The offset below which everything is committed, so that retention never deletes and compaction never
    /// touches more. Until the first call nothing is committed.
    public void highWatermark(long offset) {
        throw new UnsupportedOperationException();
    }
}
