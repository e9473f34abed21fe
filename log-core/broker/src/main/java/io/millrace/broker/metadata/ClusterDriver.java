package io.millrace.broker.metadata;

import io.millrace.cluster.ClusterDelta;
import io.millrace.cluster.ClusterImage;
import io.millrace.cluster.Controller;
import io.millrace.cluster.ControllerCommand;
import io.millrace.cluster.Features;
import io.millrace.host.Answer;
import io.millrace.host.DiskFull;
import io.millrace.host.Loop;
import io.millrace.host.MachineHost;
import io.millrace.machine.Decision;
import io.millrace.machine.LogBacked;
import io.millrace.machine.Moment;
import io.millrace.protocol.Check;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.MetadataRecord;
import io.millrace.protocol.Response;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs the controller over its log and publishes what is committed: an image for whoever reads, a
/// delta for whoever acts. A delta is told before any reply that depends on it is released, so who
/// made a topic finds it.
///
/// Owner thread: the loop it was given, but for `image`, which any thread may call.
public final class ClusterDriver {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterDriver.class);
    private static final int MAX_WAITING = 10_000;
    private static final long LOOK_FOR_ROOM_MS = 1000;

    /// Hears of every committed change, on the driver's loop.
    public interface Listener {
        void changed(ClusterDelta delta);
    }

    /// A journal of the log with the machine that runs over it; replaced when room is back after
    /// the disk was full.
    private record Term(
            MetadataLog log,
            Controller controller,
            MachineHost<ControllerCommand, MetadataRecord, Response> host) {}

    /// What the log held up to an offset, before it was committed.
    private record Step(long endOffset, ClusterImage image, List<MetadataRecord> records) {}

    private final Loop loop;
    private final SnapshotSettings snapshots;
    private final Supplier<Controller> controllers;
    private final List<Listener> listeners = new ArrayList<>();
    private final Deque<Step> steps = new ArrayDeque<>();
    private List<MetadataRecord> applied = new ArrayList<>();
    /// Written on the loop, read anywhere.
    private volatile Term term;

    /// Written on the loop, read anywhere.
    private volatile long publishedEnd;

    private long lastSnapshotMs;
    private long lastSnapshotEnd;
    private boolean snapshotting;

    /// Written on the loop, read anywhere.
    private volatile ClusterImage image = ClusterImage.EMPTY;

    /// @param controllers makes one that knows nothing yet
    public ClusterDriver(
            Loop loop,
            MetadataLog log,
            Supplier<Controller> controllers,
            SnapshotSettings snapshots) {
        this.loop = loop;
        this.snapshots = snapshots;
        this.controllers = controllers;
        this.term = begin(log);
    }

    private Term begin(MetadataLog log) {
        Controller controller = controllers.get();
        MetadataFrame codec = new MetadataFrame(() -> controller.image().recordVersions());
        MachineHost<ControllerCommand, MetadataRecord, Response> host = new MachineHost<>(
                loop,
                log,
                new MachineHost.Hosted<>("controller", new Observed(controller), codec),
                MAX_WAITING);
        log.beforeCommit(this::publish);
        host.whenLost(_ -> whenFull(log));
        return new Term(log, controller, host);
    }

    private void whenFull(MetadataLog log) {
        steps.clear();
        if (log.isFull()) {
            loop.schedule(LOOK_FOR_ROOM_MS, () -> log.writer().execute(() -> lookForRoom(log)));
        }
    }

    /// On the writer.
    private void lookForRoom(MetadataLog log) {
        try {
            log.cutBack();
            loop.execute(() -> goOn(log));
        } catch (DiskFull notYet) {
            loop.execute(() -> whenFull(log));
        } catch (IOException e) {
            loop.execute(() -> log.broken("Cannot write the metadata log any more", e));
        }
    }

    /// Begins again with what is committed, which is what is published.
    private void goOn(MetadataLog before) {
        List<MetadataRecord> content = new ArrayList<>();
        image.snapshot(content::add);
        Term next = begin(before.successor(content));
        next.host().load(List.of()).thenAccept(error -> {
            applied.clear();
            term = next;
            LOG.atInfo()
                    .addKeyValue("outcome", error)
                    .log("There is room again: the cluster can be changed");
        });
    }

    /// Reads the log. Then `image` is there, and commands are taken. Fails with `BadSetting` when
    /// the log belongs to a release that is too new.
    public CompletionStage<ClusterImage> load() {
        Controller controller = term.controller();
        MetadataLog log = term.log();
        return term.host().load(List.of()).thenApply(error -> {
            if (error != ErrorCode.NONE) {
                throw new IllegalStateException("the metadata log cannot be read: " + error);
            }
            applied.clear();
            String refusal = Features.refusal(controller.image().features());
            Check.setting(refusal.isEmpty(), refusal);
            publishedEnd = log.committed();
            lastSnapshotEnd = publishedEnd;
            lastSnapshotMs = loop.nowMs();
            image = controller.image();
            return image;
        });
    }

    /// What is committed. Any thread may ask.
    public ClusterImage image() {
        return image;
    }

    /// The end of the log up to which `image` shows it. Any thread may ask.
    public long publishedEnd() {
        return publishedEnd;
    }

    /// Who listens is told everything that is there first, as one delta.
    public void listen(Listener listener) {
        Check.that(loop.isCurrent(), "a driver belongs to its loop");
        listeners.add(listener);
        listener.changed(ClusterDelta.all(image));
    }

    /// Completes when what was decided is durable and published; refused when the log is lost.
    public CompletionStage<Answer<Response>> submit(ControllerCommand command) {
        if (!loop.isCurrent()) {
            CompletableFuture<Answer<Response>> answer = new CompletableFuture<>();
            loop.execute(() -> submitHere(command).thenAccept(answer::complete));
            return answer;
        }
        return submitHere(command);
    }

    private CompletionStage<Answer<Response>> submitHere(ControllerCommand command) {
        CompletionStage<Answer<Response>> answer = term.host().submit(command);
        if (!applied.isEmpty()) {
            steps.add(new Step(term.log().endOffset(), term.controller().image(), applied));
            applied = new ArrayList<>();
        }
        return answer;
    }

    /// The end of the log, which no epoch of a node has reached yet.
    public long endOffset() {
        return term.log().endOffset();
    }

    /// The epoch in which this node leads the quorum.
    public int epoch() {
        return term.log().epoch();
    }

    /// Where the log is committed to.
    public long committed() {
        return term.log().committed();
    }

    private void publish() {
        while (!steps.isEmpty() && steps.peek().endOffset() <= term.log().committed()) {
            Step step = steps.remove();
            ClusterDelta delta = ClusterDelta.between(image, step.image(), step.records());
            image = step.image();
            publishedEnd = step.endOffset();
            for (Listener listener : listeners) {
                listener.changed(delta);
            }
        }
        snapshotWhenDue();
    }

    private void snapshotWhenDue() {
        boolean large = term.log().bytesSinceSnapshot() >= snapshots.maxBytes();
        boolean old =
                snapshots.maxAgeMs() > 0 && loop.nowMs() - lastSnapshotMs >= snapshots.maxAgeMs();
        if (snapshotting || publishedEnd == lastSnapshotEnd || !large && !old) {
            return;
        }
        snapshot();
    }

    /// Writes a snapshot of what is published; completes when it is durable.
    CompletionStage<Void> snapshot() {
        snapshotting = true;
        MetadataLog log = term.log();
        lastSnapshotMs = loop.nowMs();
        lastSnapshotEnd = publishedEnd;
        ClusterImage content = image;
        SnapshotId id = new SnapshotId(publishedEnd, log.epoch());
        long logTimeMs = log.lastTimestampMs();
        CompletableFuture<Void> done = new CompletableFuture<>();
        log.writer().execute(() -> {
            try {
                log.snapshot(content, id, logTimeMs);
                loop.execute(() -> {
                    snapshotting = false;
                    LOG.atInfo()
                            .addKeyValue("offset", id.endOffset())
                            .log("Wrote a metadata snapshot");
                    done.complete(null);
                });
            } catch (IOException e) {
                loop.execute(() -> {
                    snapshotting = false;
                    snapshotFailed(log, e);
                    done.completeExceptionally(e);
                });
            }
        });
        return done;
    }

    /// Without room it is tried again when one is due.
    private static void snapshotFailed(MetadataLog log, IOException failure) {
        if (failure instanceof DiskFull) {
            LOG.atError()
                    .addKeyValue("reason", failure.getMessage())
                    .log("The disk is full: cannot write a metadata snapshot");
        } else {
            log.broken("Cannot write a metadata snapshot", failure);
        }
    }

    /// Remembers what the controller applies.
    private final class Observed implements LogBacked<ControllerCommand, MetadataRecord, Response> {
        private final Controller inner;

        Observed(Controller inner) {
            this.inner = inner;
        }

        @Override
        public Decision<ControllerCommand, MetadataRecord, Response> decide(
                ControllerCommand command, Moment moment) {
            return inner.decide(command, moment);
        }

        @Override
        public void apply(MetadataRecord record) {
            inner.apply(record);
            applied.add(record);
        }

        @Override
        public void snapshot(Consumer<MetadataRecord> out) {
            inner.snapshot(out);
        }
    }
}
