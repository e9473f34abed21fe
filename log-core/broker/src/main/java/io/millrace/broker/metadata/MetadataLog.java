package io.millrace.broker.metadata;

import io.millrace.cluster.ClusterImage;
import io.millrace.cluster.RecordVersions;
import io.millrace.host.Disk;
import io.millrace.host.DiskFull;
import io.millrace.host.Journal;
import io.millrace.host.JournalRecord;
import io.millrace.host.Loop;
import io.millrace.protocol.Check;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.MetadataRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The journal of the controller: Kafka's metadata log of a quorum with one voter, this node. Each
/// start is an epoch of its own. What is appended while a write and fsync run goes out with the
/// next.
///
/// Owner thread: the loop it was given; `open` and `close` block and belong to who starts and stops
/// the node.
public final class MetadataLog implements Journal {
    private static final Logger LOG = LoggerFactory.getLogger(MetadataLog.class);
    private static final int MAX_BATCH_BYTES = 8 * 1024 * 1024;
    /// Room is back when so much of it is.
    private static final long ENOUGH_ROOM = 1024 * 1024;
    private static final int MAX_QUEUED_BYTES = 64 * 1024 * 1024;

    /// Where the log lies and who writes it.
    ///
    /// @param logDirectory holds `__cluster_metadata-0`
    /// @param writer runs one task at a time, and may block
    public record Place(Disk disk, Path logDirectory, Loop loop, Executor writer) {}

    /// Who the only voter is, for a log that is new.
    ///
    /// @param host and port of its controller listener
    public record Voter(int node, io.millrace.protocol.Uuid directory, String host, int port) {}

    private final Place place;
    private final SegmentWriter segments;
    private final Batches batches;
    private final int epoch;
    private final Voters voters;
    /// What `replay` tells, once.
    private @Nullable List<Recovery.Located> unread;
    private Journal.@Nullable Listener listener;
    private Runnable beforeCommit = () -> {};
    private Consumer<String> whenBroken = _ -> {};
    private List<ByteBuffer> queued = new ArrayList<>();
    private long queuedBytes;
    private boolean writing;
    private boolean lost;
    private boolean full;
    private long endOffset;
    private long committed;
    private long lastTimestampMs;

    private MetadataLog(Place place, Recovery recovered, int epoch, SegmentWriter segments) {
        this.place = place;
        this.unread = recovered.all();
        this.epoch = epoch;
        this.segments = segments;
        this.batches = new Batches(epoch);
        this.voters = recovered.voters();
        this.endOffset = recovered.endOffset();
        this.lastTimestampMs = recovered.lastTimestampMs();
    }

    private MetadataLog(MetadataLog before, List<Recovery.Located> content) {
        this.place = before.place;
        this.epoch = before.epoch;
        this.segments = before.segments;
        this.batches = before.batches;
        this.voters = before.voters;
        this.unread = content;
        this.endOffset = before.committed;
        this.committed = before.committed;
        this.lastTimestampMs = before.lastTimestampMs;
        this.whenBroken = before.whenBroken;
    }

    /// Opens the log, makes it when there is none, and begins a new epoch in it. Blocks.
    public static MetadataLog open(Place place, Voter voter) throws IOException {
        Disk disk = place.disk();
        Path directory = place.logDirectory().resolve(MetadataFormat.DIRECTORY);
        long nowMs = place.loop().nowMs();
        if (!isFormatted(disk, directory)) {
            Voters voters = Voters.of(voter.node(), voter.directory(), voter.host(), voter.port());
            MetadataFormat.format(disk, place.logDirectory(), voters, nowMs);
        }
        Recovery recovery = new Recovery(disk, directory);
        recovery.run();
        QuorumState before = readState(disk, directory, recovery.voters());
        int epoch = Math.max(before.leaderEpoch(), recovery.lastEpoch()) + 1;
        QuorumState state = new QuorumState(voter.node(), epoch, before.version());
        disk.writeAtomically(directory.resolve(QuorumState.FILE), state.json());
        Path epochFile = directory.resolve(EpochFile.FILE);
        SortedMap<Integer, Long> epochs = EpochFile.within(
                EpochFile.read(disk, epochFile), recovery.segments().first(), recovery.endOffset());
        epochs.put(epoch, recovery.endOffset());
        EpochFile.write(disk, epochFile, epochs);
        SegmentWriter segments = SegmentWriter.open(disk, directory, recovery);
        MetadataLog log = new MetadataLog(place, recovery, epoch, segments);
        log.begin(Objects.requireNonNull(log.unread), voter.node(), nowMs);
        return log;
    }

    private static boolean isFormatted(Disk disk, Path directory) throws IOException {
        return disk.exists(directory)
                && disk.list(directory).stream()
                        .anyMatch(name -> SnapshotId.parse(name).isPresent()
                                || SegmentName.parse(name).isPresent());
    }

    private static QuorumState readState(Disk disk, Path directory, Voters voters)
            throws IOException {
        Path file = directory.resolve(QuorumState.FILE);
        return disk.exists(file)
                ? QuorumState.parse(
                        StandardCharsets.UTF_8.decode(disk.readAll(file)).toString())
                : new QuorumState(-1, 0, voters.areNamed() ? 1 : 0);
    }

    /// Writes the first records of the epoch, and of the log when it is new.
    private void begin(List<Recovery.Located> content, int node, long nowMs) throws IOException {
        boolean isNew = endOffset == 0;
        List<ByteBuffer> first = new ArrayList<>();
        var election = Voters.elected(node, isNew ? voters.records() : List.of());
        first.add(batches.control(endOffset, nowMs, election));
        endOffset += election.size();
        if (isNew) {
            List<ByteBuffer> values = new ArrayList<>();
            RecordVersions versions = new RecordVersions(Integer.MAX_VALUE);
            for (MetadataRecord record :
                    MetadataFormat.bootstrap(place.disk(), place.logDirectory())) {
                ByteBuffer value = MetadataFrame.bytes(record, versions);
                values.add(value);
                content.add(new Recovery.Located(
                        endOffset + values.size() - 1, JournalRecord.of(null, value, nowMs)));
            }
            first.add(batches.data(endOffset, nowMs, values));
            endOffset += values.size();
        }
        segments.append(first);
        committed = endOffset;
        lastTimestampMs = nowMs;
    }

    @Override
    public ErrorCode admission() {
        return lost || queuedBytes > MAX_QUEUED_BYTES
                ? ErrorCode.KAFKA_STORAGE_ERROR
                : ErrorCode.NONE;
    }

    @Override
    public int maxBatchBytes() {
        return MAX_BATCH_BYTES;
    }

    @Override
    public long append(List<JournalRecord> records) {
        Check.that(!lost, "an append after the log was lost");
        List<ByteBuffer> values = new ArrayList<>(records.size());
        for (JournalRecord record : records) {
            values.add(Objects.requireNonNull(record.value()));
        }
        lastTimestampMs = records.getLast().timestampMs();
        ByteBuffer batch = batches.data(endOffset, lastTimestampMs, values);
        endOffset += values.size();
        queued.add(batch);
        queuedBytes += batch.remaining();
        write();
        return endOffset - 1;
    }

    private void write() {
        if (writing || queued.isEmpty() || lost) {
            return;
        }
        writing = true;
        List<ByteBuffer> round = queued;
        long end = endOffset;
        queued = new ArrayList<>();
        queuedBytes = 0;
        place.writer().execute(() -> {
            try {
                segments.append(round);
                place.loop().execute(() -> written(end));
            } catch (IOException e) {
                place.loop().execute(() -> lost(e));
            }
        });
    }

    private void written(long end) {
        writing = false;
        committed = end;
        if (!lost) {
            beforeCommit.run();
            if (listener != null) {
                listener.committed(end);
            }
            write();
        }
    }

    private void lost(IOException failure) {
        full = failure instanceof DiskFull;
        if (full) {
            LOG.atError()
                    .addKeyValue("reason", failure.getMessage())
                    .log("The disk is full: nothing can be changed until there is room");
        } else {
            broken("Cannot write the metadata log", failure);
        }
        writing = false;
        lost = true;
        if (listener != null) {
            listener.lost(ErrorCode.KAFKA_STORAGE_ERROR);
        }
    }

    /// Hears, on the log's loop, that its disk has failed: nothing can be changed until the node is
    /// started again.
    public void whenBroken(Consumer<String> heard) {
        whenBroken = heard;
    }

    void broken(String what, IOException failure) {
        LOG.atError().addKeyValue("reason", failure.getMessage()).log(what);
        whenBroken.accept(String.valueOf(failure.getMessage()));
    }

    /// Whether it is lost for lack of room only: then `cutBack` and `successor` go on.
    boolean isFull() {
        return full;
    }

    /// Takes away what a write without room has left behind, and sees whether there is room again.
    /// Blocks; runs on the writer.
    ///
    /// @throws DiskFull when there is none yet
    void cutBack() throws IOException {
        segments.cutBack();
        if (place.disk().usableBytes(place.logDirectory()) < ENOUGH_ROOM) {
            throw new DiskFull("too little room for the metadata log");
        }
    }

    /// A fresh journal of the same log that begins where this one was committed.
    ///
    /// @param content what is committed
    MetadataLog successor(List<MetadataRecord> content) {
        Check.that(full, "only a lack of room passes");
        RecordVersions newest = new RecordVersions(Integer.MAX_VALUE);
        List<Recovery.Located> located = new ArrayList<>(content.size());
        for (MetadataRecord record : content) {
            located.add(new Recovery.Located(
                    committed - 1, JournalRecord.of(null, MetadataFrame.bytes(record, newest), 0)));
        }
        return new MetadataLog(this, located);
    }

    @Override
    public long committed() {
        return committed;
    }

    public long endOffset() {
        return endOffset;
    }

    public int epoch() {
        return epoch;
    }

    public long lastTimestampMs() {
        return lastTimestampMs;
    }

    /// Bytes of log behind the newest snapshot, about.
    long bytesSinceSnapshot() {
        return segments.bytesSinceSnapshot();
    }

    /// Runs on each rise of `committed`, before the listener and so before any reply is released.
    void beforeCommit(Runnable action) {
        beforeCommit = action;
    }

    @Override
    public CompletionStage<Void> replay(Replay replay) {
        List<Recovery.Located> content = unread;
        if (content == null) {
            throw Check.failed("the log is replayed once");
        }
        unread = null;
        try {
            content.forEach(each -> replay.record(each.offset(), each.record()));
            return CompletableFuture.completedFuture(null);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public void listen(Listener listener) {
        this.listener = listener;
    }

    /// Writes a snapshot of what is committed, then begins a new segment and deletes what the
    /// snapshot makes superfluous. Blocks; runs on the writer.
    void snapshot(ClusterImage image, SnapshotId id, long logTimeMs) throws IOException {
        new SnapshotFile(place.disk(), place.logDirectory().resolve(MetadataFormat.DIRECTORY))
                .write(id, voters, image, logTimeMs);
        segments.rollBehind(id);
    }

    Executor writer() {
        return place.writer();
    }

    /// Closes the files; the writer must be idle. Blocks.
    public void close() throws IOException {
        segments.close();
    }
}
