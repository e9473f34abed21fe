package io.millrace.storage;

import io.millrace.host.Loop;
import io.millrace.protocol.Check;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.Uuid;
import io.millrace.record.ProducerState;
import io.millrace.record.ProducerStates;
import io.millrace.transport.Frame;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One partition's log on this node. Belongs to one loop: every method is called on it, returns at
/// once, and futures complete on it.
///
/// Offsets: `startOffset` <= `flushedEnd` <= `writtenEnd` <= `endOffset`. What was appended is
/// given its offset at once, is written and fsynced by the directory's writer, and the listener
/// hears when `writtenEnd` and `flushedEnd` rise. Only what lies below `safeEnd` may be
/// acknowledged, counted for the high watermark, or shown to a reader.
public final class PartitionLog {
    private final LogId id;
    private final Uuid topicId;
    private final LogMove move = new LogMove(this);
    private volatile LogDirectory directory;
    private volatile LogTail tail;
    private final RecentBatches recent = new RecentBatches();
    private final LogAppender appender = new LogAppender(this);
    private final LogReader reader = new LogReader(this);
    private final OffsetSearch search = new OffsetSearch(this);
    private final LogUpkeep upkeep = new LogUpkeep(this);
    private final LogTruncation truncation = new LogTruncation(this);
    private volatile @Nullable Loop loop;
    private LogListener listener = NobodyListens.INSTANCE;
    private volatile LogConfig config;
    private LogSegments segments;
    private LeaderEpochs epochs;
    private ProducerStates producers;
    private volatile long startOffset;
    private long endOffset;
    private long writtenEnd;
    private long flushedEnd;
    private long safeEnd;
    private volatile long highWatermark;
    private volatile long recoveryPoint;
    private int generation;
    private boolean changing;
    private boolean touched;
    private volatile boolean closed;

    PartitionLog(LogDirectory directory, LogFolder folder, LogConfig config, LoadedLog loaded) {
        this.directory = directory;
        this.id = folder.id();
        this.topicId = folder.topicId();
        this.config = config;
        this.tail = new LogTail(this, directory.disk(), folder, config);
        take(loaded);
        tail.startAt(loaded.endOffset());
    }

    private void take(LoadedLog loaded) {
        segments = new LogSegments(loaded.segments());
        epochs = loaded.epochs();
        producers = loaded.producers();
        startOffset = loaded.startOffset();
        endOffset = loaded.endOffset();
        writtenEnd = endOffset;
        flushedEnd = endOffset;
        safeEnd = endOffset;
        recoveryPoint = loaded.recoveryPoint();
        touched |= !loaded.isStored();
        recent.clear();
    }

    public LogId id() {
        return id;
    }

    /// From `partition.metadata`; zero where the directory was written without one.
    public Uuid topicId() {
        return topicId;
    }

    public LogDirectory directory() {
        return directory;
    }

    public LogConfig config() {
        return config;
    }

    public void reconfigure(LogConfig changed) {
        config = changed;
        tail.reconfigure(changed);
        move.reconfigure(changed);
        upkeep.reconfigured();
    }

    /// NONE when an append can be taken now; KAFKA_STORAGE_ERROR when the directory is offline or
    /// full, its writer too far behind, or the log about to lie elsewhere.
    public ErrorCode admission() {
        return closed || changing || move.isHeld() || !directory.takesAppends()
                ? ErrorCode.KAFKA_STORAGE_ERROR
                : ErrorCode.NONE;
    }

    /// Appends whole batches. For `Client` and `Internal` they get their offsets and the leader's
    /// epoch, in place in the buffer, which is a slice of the frame (or of memory the caller never
    /// touches again, with {@link #append(ByteBuffer, AppendOrigin)}). If appended, the log retains
    /// the frame until the batches are written. A producer's repetition is answered as `Duplicate`.
    public AppendResult append(Frame frame, ByteBuffer batches, AppendOrigin origin) {
        return appender.append(frame, batches, origin);
    }

    public AppendResult append(ByteBuffer batches, AppendOrigin origin) {
        return appender.append(new HeapFrame(batches), batches, origin);
    }

    /// Batches from `fromOffset` on, none of which reaches beyond `limitOffset` (a batch boundary:
    /// the high watermark, or `safeEnd` for a follower) or beyond what was written. About
    /// `maxBytes` of them: the last may be cut off, but with `minOneBatch` the first is whole
    /// whatever its size.
    public ReadResult read(long fromOffset, int maxBytes, boolean minOneBatch, long limitOffset) {
        return reader.read(fromOffset, maxBytes, minOneBatch, limitOffset);
    }

    /// Reads [from, to) in whole batches, some at a time, and completes at `to` or exceptionally. A
    /// buffer is valid during the call only.
    public CompletableFuture<Void> replay(long from, long to, Consumer<ByteBuffer> batches) {
        return new LogReplay(this, to, batches).start(from);
    }

    /// The first record below `limitOffset` whose timestamp is at least this.
    public CompletableFuture<OffsetAtTime> offsetForTime(long timestampMs, long limitOffset) {
        return search.forTime(timestampMs, limitOffset);
    }

    /// The first record with the largest timestamp (ListOffsets' -3).
    public CompletableFuture<OffsetAtTime> offsetOfMaxTime() {
        return search.maxTime();
    }

    /// For OffsetForLeaderEpoch.
    public EpochEnd endOfEpoch(int leaderEpoch) {
        return epochs.endOf(leaderEpoch, endOffset);
    }

    /// The leader's epoch of the newest record, or -1.
    public int lastEpoch() {
        return epochs.last();
    }

    /// The leader's epoch of the record at this offset, or -1.
    public int epochAt(long offset) {
        return epochs.epochAt(offset);
    }

    /// The first offset that can be read.
    public long startOffset() {
        return startOffset;
    }

    /// Where the next record goes.
    public long endOffset() {
        return endOffset;
    }

    public long writtenEnd() {
        return writtenEnd;
    }

    public long flushedEnd() {
        return flushedEnd;
    }

    /// `flushedEnd` in `millrace.flush=group`, `writtenEnd` in `os`. Rises only, also when the mode
    /// changes.
    public long safeEnd() {
        return safeEnd;
    }

    public long sizeInBytes() {
        return segments.sizeInBytes();
    }

    public boolean isOnline() {
        return !closed && directory.isOnline();
    }

    /// DeleteRecords: makes everything before the offset unreadable at once, and deletes the
    /// segments that hold nothing else. Completes when this survives a crash.
    public CompletableFuture<Void> deleteBefore(long offset) {
        return upkeep.deleteBefore(offset);
    }

    /// Followers: forgets everything from the offset on, on disk too, before it completes. Nothing
    /// can be appended meanwhile.
    public CompletableFuture<Void> truncateTo(long offset) {
        return truncation.truncateTo(offset);
    }

    /// Followers: begins anew, empty, at this offset.
    public CompletableFuture<Void> restartAt(long offset) {
        return truncation.restartAt(offset);
    }

    /// The offset below which everything is committed, so that retention never deletes and
    /// compaction never touches more. Until the first call nothing is committed.
    public void highWatermark(long offset) {
        highWatermark = Math.max(highWatermark, offset);
    }

    /// The idempotent producers that are remembered, for DescribeProducers.
    public Collection<ProducerState> activeProducers() {
        return producers.producers();
    }

    /// Moves the log to another directory of this node.
    public LogMove move() {
        return move;
    }

    // What follows is for the parts of the log in this package.

    ProducerStates producers() {
        return producers;
    }

    void attach(Loop owner, LogListener heard) {
        Check.that(loop == null, "a log has one loop");
        loop = owner;
        listener = heard;
    }

    LogListener listener() {
        return listener;
    }

    boolean isAttached() {
        return loop != null;
    }

    Loop loop() {
        Loop owner = loop;
        if (owner == null) {
            throw Check.failed("log " + id + " is used before it is attached to a loop");
        }
        return owner;
    }

    LogTail tail() {
        return tail;
    }

    LogSegments segments() {
        return segments;
    }

    RecentBatches recent() {
        return recent;
    }

    LeaderEpochs epochs() {
        return epochs;
    }

    int generation() {
        return generation;
    }

    /// On any thread.
    long committedEnd() {
        return highWatermark;
    }

    /// Everything before it is durable, and the epochs of it are too. On any thread.
    long recoveryPoint() {
        return recoveryPoint;
    }

    void recoveryPoint(long durable) {
        recoveryPoint = Math.max(recoveryPoint, Math.min(durable, endOffset));
    }

    /// Before anybody has the log: what was written before a crash of the process is not synced.
    void isUnsynced() {
        flushedEnd = recoveryPoint;
        tail.startUnsynced(
                recoveryPoint, segments.all().stream().map(Segment::file).toList());
    }

    LogUpkeep upkeep() {
        return upkeep;
    }

    /// Batches up to here were given their place.
    void appended(long end) {
        endOffset = end;
        touched = true;
    }

    /// Whether a clean stop has anything to write.
    boolean changedSinceLoad() {
        return touched;
    }

    /// The start moved up; false when it already was there.
    boolean startAt(long offset) {
        if (offset <= startOffset) {
            return false;
        }
        startOffset = offset;
        touched = true;
        epochs.truncateBefore(offset);
        listener.startMoved(this);
        return true;
    }

    /// The writer got this far.
    void advanced(long written, long flushed) {
        if (written > endOffset || changing) {
            return;
        }
        boolean news = written > writtenEnd || flushed > flushedEnd;
        writtenEnd = Math.max(writtenEnd, written);
        flushedEnd = Math.max(flushedEnd, flushed);
        safeEnd = Math.max(safeEnd, config.flush() == FlushMode.GROUP ? flushedEnd : writtenEnd);
        if (news) {
            upkeep.flushLater();
            listener.advanced(this);
            move.copy();
        }
    }

    /// The disk was full at this offset: what was appended from there on is forgotten, and the rest
    /// is read again from disk, since too much hangs on it (indexes, epochs, producers) to be
    /// undone in memory.
    void droppedByWriter(long from) {
        if (closed) {
            return;
        }
        truncation.writerFailed(from);
        listener.dropped(this, from, ErrorCode.KAFKA_STORAGE_ERROR);
    }

    /// Nothing will be written any more.
    void wentOffline(LogDirectory failed) {
        if (!closed && failed == directory) {
            closed = true;
            truncation.wentOffline();
            listener.dropped(this, safeEnd, ErrorCode.KAFKA_STORAGE_ERROR);
            move.wentOffline();
        }
    }

    /// The log was deleted, or the node stops.
    void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    /// From now until `changed` appends are refused, and what the writer reports is about the past.
    void beginChange(long end) {
        changing = true;
        touched = true;
        generation++;
        tail.generation(generation);
        endOffset = Math.min(endOffset, end);
        writtenEnd = Math.min(writtenEnd, end);
        flushedEnd = Math.min(flushedEnd, end);
        safeEnd = Math.min(safeEnd, end);
        recoveryPoint = Math.min(recoveryPoint, end);
    }

    void changed(LoadedLog now) {
        take(now);
        changing = false;
    }

    boolean isChanging() {
        return changing;
    }

    /// Goes on in the files of a copy that is the same; nobody is at work on either.
    void becomes(PartitionLog copy, LoadedLog now) {
        copy.closed = true;
        directory = copy.directory;
        tail = copy.tail;
        generation = Math.max(generation, copy.generation) + 1;
        tail.belongsTo(this, generation);
        changed(now);
    }
}
