package io.millrace.storage;

/// Where batches come from, which decides how far they are trusted and who gives them offsets.
public sealed interface AppendOrigin {
    /// A produce request to the leader of this epoch: everything is validated, offsets are
    /// assigned.
    ///
    /// @param batches what the loop validates with
    record Client(int leaderEpoch, ClientBatches batches) implements AppendOrigin {}

    /// The same with a batch that [ClientBatches#prepare] has brought into the form of the log.
    record Prepared(int leaderEpoch) implements AppendOrigin {}

    /// A coordinator or machine of this node, leader in this epoch: offsets are assigned.
    record Internal(int leaderEpoch) implements AppendOrigin {}

    /// The leader's log: batches keep their offsets and epochs, which must continue this log.
    record Leader() implements AppendOrigin {}
}
