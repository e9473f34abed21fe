package io.millrace.host;

import io.millrace.machine.Decision;
import io.millrace.machine.LogBacked;
import io.millrace.machine.Moment;
import io.millrace.protocol.Check;
import io.millrace.protocol.ErrorCode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs one log-backed machine over its log. A host lives once: it loads, runs, and is lost with
/// the leadership of its log or with the disk; whoever leads the log again makes a fresh one, with
/// a fresh machine and a fresh journal.
/// ```
/// load() -> Loading -> Running -> Lost
/// ```
/// Owner thread: the loop it was given.
///
/// Invariants:
/// * the machine's state is that of the log's end, so there is never anything to undo;
/// * a reply is released when everything it could have seen is committed, reads included, and
///   replies are released in the order in which they were decided;
/// * a command that is refused has changed nothing, except one that was under way when the log was
///   lost: of that nobody knows.
public final class MachineHost<C, R, P> implements Journal.Listener {
    /// How long a timer's command that was refused waits until it is tried again.
    static final long RETRY_MS = 500;

    private static final Logger LOG = LoggerFactory.getLogger(MachineHost.class);
    private static final int OVERHEAD_OF_BATCH = 61;

    /// A machine with its codec; the name is for the logs.
    public record Hosted<C, R, P>(String name, LogBacked<C, R, P> machine, RecordCodec<R> codec) {}

    private enum Phase {
        FRESH,
        LOADING,
        RUNNING,
        LOST
    }

    private record Waiting<P>(
            long endOffset, CompletableFuture<Answer<P>> answer, Answer<P> value) {}

    private final Loop loop;
    private final Journal journal;
    private final Hosted<C, R, P> hosted;
    private final int maxWaiting;
    private final HostTimers<C> timers;
    private final ParkedReplies<P> parked = new ParkedReplies<>();

    /// In the order of decisions, hence of end offsets.
    private final Deque<Waiting<P>> waiting = new ArrayDeque<>();

    private Phase phase = Phase.FRESH;
    private ErrorCode lostBecause = ErrorCode.NONE;
    private long endOffset;
    private long committed;
    private long nextTicket = 1;
    private Consumer<ErrorCode> onLost = reason -> {};

    /// @param maxWaiting how many replies may wait, for the disk and parked together; more
    ///     commands are refused as if the machine were loading, which clients answer by waiting
    public MachineHost(Loop loop, Journal journal, Hosted<C, R, P> hosted, int maxWaiting) {
        this.loop = loop;
        this.journal = journal;
        this.hosted = hosted;
        this.maxWaiting = maxWaiting;
        this.timers = new HostTimers<>(loop, this::timerFired);
    }

    /// Registers who hears, once, that the machine is lost and why.
    public void whenLost(Consumer<ErrorCode> heard) {
        onLost = heard;
    }

    /// Replays the log, then submits the commands (those that start the machine's timers; tried
    /// again like a timer's), then takes others. Completes with NONE, or with the reason why the
    /// machine is lost already.
    public CompletionStage<ErrorCode> load(List<C> first) {
        Check.that(loop.isCurrent(), "a host belongs to its loop");
        Check.that(phase == Phase.FRESH, "a host loads once");
        phase = Phase.LOADING;
        journal.listen(this);
        return journal.replay(this::replayed).handle((done, failure) -> {
            if (failure != null && phase != Phase.LOST) {
                LOG.atError()
                        .addKeyValue("machine", hosted.name())
                        .setCause(failure)
                        .log("Cannot load a machine from its log");
                lost(ErrorCode.KAFKA_STORAGE_ERROR);
            }
            if (phase == Phase.LOST) {
                return lostBecause;
            }
            phase = Phase.RUNNING;
            committed = journal.committed();
            for (int i = 0; i < first.size(); i++) {
                timerFired("first-" + i, first.get(i));
            }
            return ErrorCode.NONE;
        });
    }

    private void replayed(long offset, JournalRecord written) {
        endOffset = offset + 1;
        if (phase == Phase.LOADING) {
            hosted.codec().decode(written).ifPresent(hosted.machine()::apply);
        }
    }

    /// Decides the command and answers once it is safe to. May answer before it returns.
    public CompletionStage<Answer<P>> submit(C command) {
        Check.that(loop.isCurrent(), "a host belongs to its loop");
        ErrorCode refusal = refusal();
        if (refusal != ErrorCode.NONE) {
            return refused(refusal);
        }
        Moment moment = new Moment(loop.nowMs(), loop.random(), nextTicket++);
        Decision<C, R, P> decision;
        List<JournalRecord> written;
        try {
            decision = hosted.machine().decide(command, moment);
            written = encode(decision.records(), moment.nowMs());
        } catch (RuntimeException bug) {
            LOG.atError()
                    .addKeyValue("machine", hosted.name())
                    .addKeyValue("command", command)
                    .setCause(bug)
                    .log("A machine failed to decide; nothing was changed");
            return refused(ErrorCode.UNKNOWN_SERVER_ERROR);
        }
        // Only a decision that writes needs room: a full disk must not stop reads.
        ErrorCode admission = written.isEmpty() ? ErrorCode.NONE : admission(written);
        if (admission != ErrorCode.NONE) {
            return refused(admission);
        }
        if (!written.isEmpty()) {
            endOffset = journal.append(written) + 1;
        }
        return carryOut(decision, moment.ticket());
    }

    /// Why a command cannot be taken now, whatever it is; NONE when it can.
    public ErrorCode refusal() {
        return switch (phase) {
            case FRESH, LOADING -> ErrorCode.COORDINATOR_LOAD_IN_PROGRESS;
            case LOST -> lostBecause;
            case RUNNING ->
                waiting.size() + parked.size() < maxWaiting
                        ? ErrorCode.NONE
                        : ErrorCode.COORDINATOR_LOAD_IN_PROGRESS;
        };
    }

    private List<JournalRecord> encode(List<R> records, long nowMs) {
        List<JournalRecord> written = new ArrayList<>(records.size());
        for (R record : records) {
            Optional<JournalRecord> encoded = hosted.codec().encode(record, nowMs);
            encoded.ifPresent(written::add);
        }
        return written;
    }

    private ErrorCode admission(List<JournalRecord> written) {
        long bytes = OVERHEAD_OF_BATCH;
        for (JournalRecord record : written) {
            bytes += record.maxBytes();
        }
        return bytes > journal.maxBatchBytes() ? ErrorCode.MESSAGE_TOO_LARGE : journal.admission();
    }

    private CompletionStage<Answer<P>> carryOut(Decision<C, R, P> decision, long ticket) {
        CompletableFuture<Answer<P>> answer = new CompletableFuture<>();
        try {
            decision.records().forEach(hosted.machine()::apply);
        } catch (RuntimeException bug) {
            // What the log holds and what the machine holds differ: only a reload can help.
            LOG.atError()
                    .addKeyValue("machine", hosted.name())
                    .setCause(bug)
                    .log("A machine failed to apply what it decided; it goes offline");
            lost(ErrorCode.UNKNOWN_SERVER_ERROR);
            return refused(ErrorCode.UNKNOWN_SERVER_ERROR);
        }
        decision.timers().forEach(timers::change);
        switch (decision.reply()) {
            case Decision.Reply.Now<P>(P value) ->
                waiting.add(new Waiting<>(endOffset, answer, new Answer.Replied<>(value)));
            case Decision.Reply.Parked<P>(long parkedTicket) -> {
                Check.that(parkedTicket == ticket, "a reply is parked under its own ticket");
                parked.park(ticket, answer);
            }
        }
        for (Decision.Release<P> release : decision.released()) {
            parked.take(release.ticket())
                    .ifPresent(taken -> waiting.add(new Waiting<>(
                            endOffset, taken, new Answer.Replied<>(release.value()))));
        }
        releaseCommitted();
        return answer;
    }

    private void releaseCommitted() {
        Waiting<P> head;
        while ((head = waiting.peek()) != null && head.endOffset() <= committed) {
            waiting.remove();
            head.answer().complete(head.value());
        }
    }

    private void timerFired(String key, C command) {
        submit(command).thenAccept(answer -> {
            if (answer instanceof Answer.Refused<P>(ErrorCode reason) && phase == Phase.RUNNING) {
                LOG.atDebug()
                        .addKeyValue("machine", hosted.name())
                        .addKeyValue("timer", key)
                        .addKeyValue("reason", reason)
                        .log("A timer's command was refused");
                timers.startUnlessRunning(key, RETRY_MS, command);
            }
        });
    }

    private CompletionStage<Answer<P>> refused(ErrorCode reason) {
        return CompletableFuture.completedFuture(new Answer.Refused<>(reason));
    }

    @Override
    public void committed(long newCommitted) {
        if (phase == Phase.RUNNING) {
            Check.that(newCommitted >= committed, "what is committed stays committed");
            committed = newCommitted;
            releaseCommitted();
        }
    }

    /// Drops the machine and fails every waiting reply; also how its owner closes it.
    @Override
    public void lost(ErrorCode reason) {
        if (phase == Phase.LOST) {
            return;
        }
        phase = Phase.LOST;
        lostBecause = reason;
        timers.cancelAll();
        Answer<P> refusal = new Answer.Refused<>(reason);
        List<CompletableFuture<Answer<P>>> failed = new ArrayList<>(waiting.size());
        waiting.forEach(one -> failed.add(one.answer()));
        waiting.clear();
        failed.addAll(parked.takeAll());
        failed.forEach(answer -> answer.complete(refusal));
        onLost.accept(reason);
    }

    /// How many replies wait, for the disk or parked.
    public int waiting() {
        return waiting.size() + parked.size();
    }
}
