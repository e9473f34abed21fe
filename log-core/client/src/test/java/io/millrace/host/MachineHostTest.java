package io.millrace.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.host.Counter.Command;
import io.millrace.protocol.ErrorCode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class MachineHostTest {
    private final FakeLoop loop = new FakeLoop();
    private final FakeJournal journal = new FakeJournal();
    private final Counter counter = new Counter();
    private final MachineHost<Command, Counter.Change, Long> host = host(8);

    private MachineHost<Command, Counter.Change, Long> host(int maxWaiting) {
        return new MachineHost<>(
                loop,
                journal,
                new MachineHost.Hosted<>("counter", counter, new Counter.Codec()),
                maxWaiting);
    }

    private CompletableFuture<Answer<Long>> submit(Command command) {
        return host.submit(command).toCompletableFuture();
    }

    private static Answer<Long> reply(long value) {
        return new Answer.Replied<>(value);
    }

    private static Answer<Long> refusal(ErrorCode reason) {
        return new Answer.Refused<>(reason);
    }

    private void load() {
        assertEquals(ErrorCode.NONE, host.load(List.of()).toCompletableFuture().join());
    }

    @Test
    void aWriteIsAnsweredOnceItIsCommitted() {
        load();
        var answer = submit(new Command.Add(5));
        assertFalse(answer.isDone());
        assertEquals(5, counter.sum);
        journal.commit(1);
        assertEquals(reply(5), answer.join());
    }

    @Test
    void aReadWaitsForTheWritesItSaw() {
        load();
        var write = submit(new Command.Add(5));
        var read = submit(new Command.Read());
        assertFalse(read.isDone());
        journal.commit(1);
        assertEquals(reply(5), write.join());
        assertEquals(reply(5), read.join());
        assertEquals(reply(5), submit(new Command.Read()).join());
    }

    @Test
    void repliesAreReleasedInTheOrderOfDecisions() {
        load();
        List<String> order = new ArrayList<>();
        submit(new Command.Add(1)).thenRun(() -> order.add("first"));
        submit(new Command.Read()).thenRun(() -> order.add("second"));
        submit(new Command.Add(1)).thenRun(() -> order.add("third"));
        journal.commit(1);
        assertEquals(List.of("first", "second"), order);
        journal.commit(2);
        assertEquals(List.of("first", "second", "third"), order);
    }

    @Test
    void aParkedReplyIsReleasedByALaterDecisionWhenThatIsCommitted() {
        load();
        var parked = submit(new Command.Await());
        submit(new Command.Add(7));
        assertFalse(parked.isDone());
        journal.commit(1);
        assertEquals(reply(7), parked.join());
        assertEquals(0, host.waiting());
    }

    @Test
    void softRecordsAreAppliedButNotWritten() {
        load();
        submit(new Command.Await());
        assertEquals(List.of(), journal.batches);
    }

    @Test
    void refusedWritesChangeNothingAndReadsGoOn() {
        load();
        journal.admission = ErrorCode.NOT_ENOUGH_REPLICAS;
        assertEquals(
                refusal(ErrorCode.NOT_ENOUGH_REPLICAS),
                submit(new Command.Add(1)).join());
        assertEquals(reply(0), submit(new Command.Read()).join());
        assertEquals(0, counter.sum);
    }

    @Test
    void aBatchThatIsTooLargeIsRefused() {
        load();
        journal.maxBatchBytes = 80;
        assertEquals(
                refusal(ErrorCode.MESSAGE_TOO_LARGE), submit(new Command.Add(1)).join());
        assertEquals(0, counter.sum);
    }

    @Test
    void commandsAreRefusedWhileLoading() {
        journal.heldReplay = new CompletableFuture<>();
        assertEquals(
                refusal(ErrorCode.COORDINATOR_LOAD_IN_PROGRESS),
                submit(new Command.Read()).join());
        var loaded = host.load(List.of()).toCompletableFuture();
        assertEquals(
                refusal(ErrorCode.COORDINATOR_LOAD_IN_PROGRESS),
                submit(new Command.Read()).join());
        journal.heldReplay.complete(null);
        assertEquals(ErrorCode.NONE, loaded.join());
        assertEquals(reply(0), submit(new Command.Read()).join());
    }

    @Test
    void loadingReplaysTheLogAndSkipsWhatItDoesNotKnow() {
        Counter.Codec codec = new Counter.Codec();
        for (long amount : new long[] {3, 4}) {
            codec.encode(new Counter.Change.Added(amount), 0).ifPresent(journal.records::add);
        }
        journal.records.add(JournalRecord.of(ByteBuffer.allocate(1), null, 0));
        journal.commitAll();
        load();
        assertEquals(reply(7), submit(new Command.Read()).join());
    }

    @Test
    void theFirstCommandsRunBeforeAnyOther() {
        host.load(List.of(new Command.AddLater(1, 10)));
        loop.advance(10);
        assertEquals(1, counter.sum);
    }

    @Test
    void aLogThatCannotBeReadLosesTheMachine() {
        journal.heldReplay = CompletableFuture.failedFuture(new IllegalStateException("as told"));
        assertEquals(
                ErrorCode.KAFKA_STORAGE_ERROR,
                host.load(List.of()).toCompletableFuture().join());
        assertEquals(
                refusal(ErrorCode.KAFKA_STORAGE_ERROR),
                submit(new Command.Read()).join());
    }

    @Test
    void lossFailsEveryWaitingReplyAndStopsTimers() {
        load();
        var write = submit(new Command.Add(1));
        var parked = submit(new Command.Await());
        submit(new Command.AddLater(1, 10));
        journal.lose(ErrorCode.NOT_COORDINATOR);
        assertEquals(refusal(ErrorCode.NOT_COORDINATOR), write.join());
        assertEquals(refusal(ErrorCode.NOT_COORDINATOR), parked.join());
        assertEquals(
                refusal(ErrorCode.NOT_COORDINATOR), submit(new Command.Read()).join());
        assertEquals(0, loop.timers());
        assertEquals(0, host.waiting());
    }

    @Test
    void lossWhileLoadingEndsTheLoad() {
        journal.heldReplay = new CompletableFuture<>();
        var loaded = host.load(List.of()).toCompletableFuture();
        journal.lose(ErrorCode.NOT_COORDINATOR);
        journal.heldReplay.complete(null);
        assertEquals(ErrorCode.NOT_COORDINATOR, loaded.join());
    }

    @Test
    void aTimerOfTheSameKeyReplacesTheOther() {
        load();
        submit(new Command.AddLater(1, 10));
        submit(new Command.AddLater(100, 20));
        loop.advance(15);
        assertEquals(0, counter.sum);
        loop.advance(5);
        assertEquals(100, counter.sum);
        submit(new Command.AddLater(1, 10));
        submit(new Command.Never());
        loop.advance(100);
        assertEquals(100, counter.sum);
    }

    @Test
    void aTimersCommandThatIsRefusedIsTriedAgain() {
        load();
        submit(new Command.AddLater(1, 10));
        journal.admission = ErrorCode.NOT_ENOUGH_REPLICAS;
        loop.advance(10);
        assertEquals(0, counter.sum);
        journal.admission = ErrorCode.NONE;
        loop.advance(MachineHost.RETRY_MS);
        assertEquals(1, counter.sum);
    }

    @Test
    void theQueueOfWaitingRepliesIsBounded() {
        load();
        for (int i = 0; i < 4; i++) {
            submit(new Command.Add(1));
        }
        for (int i = 0; i < 4; i++) {
            submit(new Command.Await());
        }
        assertEquals(
                refusal(ErrorCode.COORDINATOR_LOAD_IN_PROGRESS),
                submit(new Command.Read()).join());
        journal.commitAll();
        assertTrue(submit(new Command.Read()).isDone());
        assertEquals(4, counter.sum);
    }

    @Test
    void aBugInDecideFailsTheCommandAlone() {
        load();
        assertEquals(
                refusal(ErrorCode.UNKNOWN_SERVER_ERROR),
                submit(new Command.BreakInDecide()).join());
        assertEquals(reply(0), submit(new Command.Read()).join());
    }

    @Test
    void aBugInApplyTakesTheMachineOffline() {
        load();
        var waiting = submit(new Command.Add(1));
        assertEquals(
                refusal(ErrorCode.UNKNOWN_SERVER_ERROR),
                submit(new Command.BreakInApply()).join());
        assertEquals(refusal(ErrorCode.UNKNOWN_SERVER_ERROR), waiting.join());
    }
}
