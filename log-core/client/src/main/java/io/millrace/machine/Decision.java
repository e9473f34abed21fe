package io.millrace.machine;

import java.util.List;

/// What a machine wants done for one command: records to append (all or none), a reply that is
/// released once everything it could have seen is committed, and changes of soft timers.
///
/// A reply may come later: then `reply` is {@link Reply.Parked} and some later decision carries it
/// in `released` under the same ticket (a member that waits for a rebalance, for example).
public record Decision<C, R, P>(
        List<R> records, Reply<P> reply, List<Release<P>> released, List<TimerChange<C>> timers) {
    public Decision {
        records = List.copyOf(records);
        released = List.copyOf(released);
        timers = List.copyOf(timers);
    }

    public static <C, R, P> Decision<C, R, P> of(P reply, List<R> records) {
        return new Decision<>(records, new Reply.Now<>(reply), List.of(), List.of());
    }

    public static <C, R, P> Decision<C, R, P> of(P reply) {
        return of(reply, List.of());
    }

    /// The answer to the command itself.
    public sealed interface Reply<P> {
        record Now<P>(P value) implements Reply<P> {}

        /// Answered by a later decision that releases this ticket, which is the moment's own. A
        /// ticket that no decision ever releases is answered when the machine is lost.
        record Parked<P>(long ticket) implements Reply<P> {}
    }

    /// Answers a command that was parked.
    public record Release<P>(long ticket, P value) {}

    /// Timers are soft state: none is left after a reload. A machine that needs them starts them
    /// again from the command that its driver gives the host for the moment after loading.
    public sealed interface TimerChange<C> {
        String key();

        /// Submits `command` after `delayMs`; replaces a timer of the same key.
        record Start<C>(String key, long delayMs, C command) implements TimerChange<C> {}

        /// The same, unless a timer of this key is running.
        record Ensure<C>(String key, long delayMs, C command) implements TimerChange<C> {}

        record Cancel<C>(String key) implements TimerChange<C> {}
    }
}
