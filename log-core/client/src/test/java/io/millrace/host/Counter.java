package io.millrace.host;

import io.millrace.machine.Decision;
import io.millrace.machine.Decision.Release;
import io.millrace.machine.Decision.Reply;
import io.millrace.machine.Decision.TimerChange;
import io.millrace.machine.LogBacked;
import io.millrace.machine.Moment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The smallest machine that does everything a machine can: adds, reads, waits, counts down.
final class Counter implements LogBacked<Counter.Command, Counter.Change, Long> {
    sealed interface Command {
        record Add(long amount) implements Command {}

        record Read() implements Command {}

        record Await() implements Command {}

        record AddLater(long amount, long delayMs) implements Command {}

        record Never() implements Command {}

        record BreakInDecide() implements Command {}

        record BreakInApply() implements Command {}
    }

    sealed interface Change {
        record Added(long amount) implements Change {}

        record Parked(long ticket) implements Change {}

        record Broken() implements Change {}
    }

    long sum;
    private final List<Long> parked = new ArrayList<>();

    @Override
    public Decision<Command, Change, Long> decide(Command command, Moment moment) {
        return switch (command) {
            case Command.Add(long amount) ->
                new Decision<>(
                        List.of(new Change.Added(amount)),
                        new Reply.Now<>(sum + amount),
                        parked.stream()
                                .map(ticket -> new Release<>(ticket, sum + amount))
                                .toList(),
                        List.of());
            case Command.Read() -> Decision.of(sum);
            case Command.Await() ->
                new Decision<>(
                        List.of(new Change.Parked(moment.ticket())),
                        new Reply.Parked<>(moment.ticket()),
                        List.of(),
                        List.of());
            case Command.AddLater(long amount, long delayMs) ->
                new Decision<>(
                        List.of(),
                        new Reply.Now<>(sum),
                        List.of(),
                        List.of(new TimerChange.Start<>("add", delayMs, new Command.Add(amount))));
            case Command.Never() ->
                new Decision<>(
                        List.of(),
                        new Reply.Now<>(sum),
                        List.of(),
                        List.of(new TimerChange.Cancel<>("add")));
            case Command.BreakInDecide() -> throw new IllegalStateException("as told");
            case Command.BreakInApply() -> Decision.of(sum, List.of(new Change.Broken()));
        };
    }

    @Override
    public void apply(Change change) {
        switch (change) {
            case Change.Added(long amount) -> {
                sum += amount;
                parked.clear();
            }
            case Change.Parked(long ticket) -> parked.add(ticket);
            case Change.Broken() -> throw new IllegalStateException("as told");
        }
    }

    @Override
    public void snapshot(Consumer<Change> out) {
        out.accept(new Change.Added(sum));
    }

    static final class Codec implements RecordCodec<Change> {
        @Override
        public Optional<JournalRecord> encode(Change change, long nowMs) {
            return switch (change) {
                case Change.Added(long amount) ->
                    Optional.of(JournalRecord.of(
                            null, ByteBuffer.allocate(8).putLong(0, amount), nowMs));
                case Change.Parked(long ticket) -> Optional.empty();
                case Change.Broken() -> Optional.of(JournalRecord.of(null, null, nowMs));
            };
        }

        @Override
        public Optional<Change> decode(JournalRecord written) {
            ByteBuffer value = written.value();
            return value == null || value.remaining() != 8
                    ? Optional.empty()
                    : Optional.of(new Change.Added(value.getLong(0)));
        }
    }
}
