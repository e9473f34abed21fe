package io.millrace.machine;

import java.util.function.Consumer;

/// A machine whose state is the sum of the records of a log (cluster controller, coordinators,
/// registry, Connect's stores).
///
/// `decide` looks and answers, and changes nothing. `apply` is the only method that changes state,
/// live and on replay alike, and must accept every record that `decide` ever produced. So a machine
/// needs no undo: when the log is lost, the machine is dropped and rebuilt from it.
///
/// A record may be *soft*: applied, but never written (members that wait for a rebalance, for
/// example). It is gone after a reload, so nothing that was promised may depend on it.
///
/// @param <C> commands, a sealed interface of records
/// @param <R> records of the log, decoded
/// @param <P> replies
public interface LogBacked<C, R, P> {
    Decision<C, R, P> decide(C command, Moment moment);

    void apply(R record);

    /// Everything a fresh machine needs to reach the present state, in an order that `apply`
    /// accepts. Soft records are left out.
    void snapshot(Consumer<R> out);
}
