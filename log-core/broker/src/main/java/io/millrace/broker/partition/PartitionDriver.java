package io.millrace.broker.partition;

import io.millrace.host.Loop;
import io.millrace.metrics.PartitionFigures;
import io.millrace.protocol.ErrorCode;
import io.millrace.storage.AppendOrigin;
import io.millrace.storage.AppendResult;
import io.millrace.storage.ClientBatches;
import io.millrace.storage.EpochEnd;
import io.millrace.storage.LogConfig;
import io.millrace.storage.LogListener;
import io.millrace.storage.PartitionLog;
import io.millrace.storage.ReadResult;
import io.millrace.transport.Frame;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/// One partition that this node leads: its log, the producers that wait for what they appended to
/// be safe, and the readers that wait for more. With one replica the high watermark is the end that
/// is safe.
///
/// Owner thread: the loop of its shard.
///
/// Invariant: nothing is acknowledged and nothing is shown to a reader at or above the high
/// watermark.
public final class PartitionDriver implements LogListener {
    /// There is this replica and no other yet.
    private static final int IN_SYNC = 1;

    private final PartitionLog log;
    private final Loop loop;
    private final ClientBatches clientBatches;
    private final AppendQueue queue;
    private int leaderEpoch;
    private final Deque<AckWait> acks = new ArrayDeque<>();
    private final Set<Runnable> readers = new LinkedHashSet<>();
    private final List<LogListener> followers = new ArrayList<>();
    private long highWatermark;
    private int minInSync = 1;
    private boolean isStopped;
    private long receivedBytes;
    private long receivedRecords;
    private final LongAdder sentBytes = new LongAdder(); // counted by readers' loops

    /// A producer that waits until everything below `endOffset` is safe, or is told why it never
    /// will be.
    public interface Ack {
        void settled(ErrorCode error);
    }

    private record AckWait(long endOffset, Ack ack) {}

    PartitionDriver(PartitionLog log, Shard shard, int leaderEpoch) {
        this.clientBatches = shard.clientBatches();
        this.queue = new AppendQueue(this, shard.largeBatches());
        this.log = log;
        this.loop = shard.loop();
        this.leaderEpoch = leaderEpoch;
        this.highWatermark = log.safeEnd();
    }

    /// Called once the log belongs to the loop.
    void begin() {
        highWatermark = log.safeEnd();
        log.highWatermark(highWatermark);
    }

    /// Goes on as the leader of a new epoch: with one replica, what waits still gets what it waits
    /// for.
    void lead(int epoch) {
        leaderEpoch = epoch;
        wakeReaders();
    }

    public PartitionLog log() {
        return log;
    }

    public Loop loop() {
        return loop;
    }

    public int leaderEpoch() {
        return leaderEpoch;
    }

    public long highWatermark() {
        return highWatermark;
    }

    /// Why a client that believes in this leader's epoch cannot be served; NONE when it can. -1: it
    /// does not say.
    public ErrorCode checkEpoch(int currentLeaderEpoch) {
        if (isStopped) {
            return ErrorCode.NOT_LEADER_OR_FOLLOWER;
        }
        if (currentLeaderEpoch < 0 || currentLeaderEpoch == leaderEpoch) {
            return ErrorCode.NONE;
        }
        return currentLeaderEpoch < leaderEpoch
                ? ErrorCode.FENCED_LEADER_EPOCH
                : ErrorCode.UNKNOWN_LEADER_EPOCH;
    }

    /// Appends what a producer sent, and says what came of it: before this returns, unless the
    /// batch or one before it must be decompressed to more than the loop can be held up by. The
    /// frame is kept as long as it is needed.
    ///
    /// @param wantsAll whether the producer waits for all replicas, and so for enough of them
    public void append(
            Frame frame, ByteBuffer batch, boolean wantsAll, Consumer<AppendResult> then) {
        if (queue.isEmpty() && !isHeld()) {
            AppendResult result = tryAppend(frame, batch, wantsAll);
            if (!(result instanceof AppendResult.TooLong)) {
                then.accept(result);
                return;
            }
        }
        queue.add(frame, batch, wantsAll, then);
    }

    /// Whether appends wait for the log to lie elsewhere.
    boolean isHeld() {
        return log.move().isHeld() && !isStopped;
    }

    AppendResult tryAppend(Frame frame, ByteBuffer batch, boolean wantsAll) {
        return tryAppend(
                frame, batch, wantsAll, new AppendOrigin.Client(leaderEpoch, clientBatches));
    }

    AppendResult tryAppend(Frame frame, ByteBuffer batch, boolean wantsAll, AppendOrigin origin) {
        ErrorCode admission = admission(wantsAll);
        if (admission != ErrorCode.NONE) {
            return new AppendResult.Rejected(admission, "");
        }
        int bytes = batch.remaining();
        return counted(log.append(frame, batch, origin), bytes);
    }

    private AppendResult counted(AppendResult result, int bytes) {
        if (result instanceof AppendResult.Appended(long base, long end, long _)) {
            receivedBytes += bytes;
            receivedRecords += end - base;
        }
        return result;
    }

    /// Where what the leader of an epoch wrote ends, or would begin if it wrote nothing: the log
    /// knows only those that did.
    public EpochEnd endOfEpoch(int epoch) {
        EpochEnd end = log.endOfEpoch(epoch);
        boolean wroteNothing = end.equals(EpochEnd.UNKNOWN) && epoch >= 0 && epoch <= leaderEpoch;
        if (!wroteNothing) {
            return end;
        }
        int last = log.epochAt(log.endOffset());
        return new EpochEnd(epoch == leaderEpoch || last < 0 ? epoch : last, log.endOffset());
    }

    /// Appends a batch of a machine of this node; only after `admission` said NONE.
    public AppendResult appendOwn(ByteBuffer batch) {
        int bytes = batch.remaining();
        return counted(log.append(batch, new AppendOrigin.Internal(leaderEpoch)), bytes);
    }

    /// So many bytes of this partition went to a reader. From any thread.
    public void sent(int bytes) {
        sentBytes.add(bytes);
    }

    public PartitionFigures figures() {
        return new PartitionFigures(
                log.id().topic(),
                log.id().partition(),
                new PartitionFigures.Offsets(
                        log.startOffset(), log.endOffset(), log.flushedEnd(), highWatermark),
                log.sizeInBytes(),
                new PartitionFigures.Traffic(
                        receivedBytes, receivedRecords, sentBytes.sum(), acks.size()));
    }

    /// Why a machine of this node cannot append now; NONE when it can.
    public ErrorCode admission() {
        return admission(true);
    }

    private ErrorCode admission(boolean wantsAll) {
        if (isStopped) {
            return ErrorCode.NOT_LEADER_OR_FOLLOWER;
        }
        return wantsAll && minInSync > IN_SYNC ? ErrorCode.NOT_ENOUGH_REPLICAS : log.admission();
    }

    /// Takes over the topic's settings after they changed.
    void reconfigure(LogConfig config, int minInSyncReplicas) {
        log.reconfigure(config);
        minInSync = minInSyncReplicas;
    }

    /// Waits until everything below the offset is safe. May settle before it returns.
    public void awaitSafe(long endOffset, Ack ack) {
        if (endOffset <= highWatermark) {
            ack.settled(ErrorCode.NONE);
        } else if (isStopped) {
            ack.settled(ErrorCode.NOT_LEADER_OR_FOLLOWER);
        } else {
            acks.add(new AckWait(endOffset, ack));
        }
    }

    public ReadResult read(long fromOffset, int maxBytes, boolean minOneBatch) {
        return log.read(fromOffset, maxBytes, minOneBatch, highWatermark);
    }

    /// Calls the reader whenever there is more to read, or the partition is not led here any more.
    public void watch(Runnable reader) {
        readers.add(reader);
    }

    public void unwatch(Runnable reader) {
        readers.remove(reader);
    }

    /// Lets another hear what becomes of the log, after this driver did.
    public void follow(LogListener follower) {
        followers.add(follower);
    }

    @Override
    public void advanced(PartitionLog changed) {
        long safe = log.safeEnd();
        if (safe > highWatermark) {
            highWatermark = safe;
            log.highWatermark(safe);
            // In the order of appends. A repetition waits behind what was appended before it
            // arrived.
            for (AckWait head = acks.peek();
                    head != null && head.endOffset() <= safe;
                    head = acks.peek()) {
                acks.remove();
                head.ack().settled(ErrorCode.NONE);
            }
            wakeReaders();
        }
        followers.forEach(follower -> follower.advanced(changed));
    }

    @Override
    public void dropped(PartitionLog changed, long fromOffset, ErrorCode error) {
        failAcks(fromOffset, error);
        wakeReaders();
        followers.forEach(follower -> follower.dropped(changed, fromOffset, error));
    }

    @Override
    public void resumed(PartitionLog moved) {
        queue.resume();
    }

    @Override
    public void startMoved(PartitionLog changed) {
        wakeReaders();
        followers.forEach(follower -> follower.startMoved(changed));
    }

    /// The partition is deleted, or led elsewhere.
    void stop() {
        isStopped = true;
        queue.resume();
        failAcks(Long.MIN_VALUE, ErrorCode.NOT_LEADER_OR_FOLLOWER);
        wakeReaders();
    }

    private void failAcks(long fromOffset, ErrorCode error) {
        List<AckWait> waiting = new ArrayList<>(acks);
        acks.clear();
        for (AckWait wait : waiting) {
            if (wait.endOffset() > fromOffset) {
                wait.ack().settled(error);
            } else {
                acks.add(wait);
            }
        }
    }

    private void wakeReaders() {
        if (!readers.isEmpty()) {
            List<Runnable> woken = List.copyOf(readers);
            woken.forEach(Runnable::run);
        }
    }
}
