package io.millrace.group;

/// Where a classic group stands. A group that is dead is not there any more.
/// ```
/// Empty -> Preparing -> Completing -> Stable
///   ^         |  ^          |           |
///   +---------+  +----------+-----------+
/// ```
sealed interface ClassicPhase {
    /// As Kafka's tools print it.
    String stateName();

    record Empty() implements ClassicPhase {
        @Override
        public String stateName() {
            return "Empty";
        }
    }

    /// Members are to join. The first rebalance of an empty group is not complete when all have
    /// joined, but when its delay is over; each new member extends the delay, until `delayLeftMs`
    /// is used up.
    ///
    /// @param initial whether the group was empty before
    /// @param grew whether a member joined since the delay began; of an initial one only
    /// @param delayLeftMs how much longer the delay may become
    record Preparing(boolean initial, boolean grew, long delayLeftMs) implements ClassicPhase {
        @Override
        public String stateName() {
            return "PreparingRebalance";
        }
    }

    /// All have joined; the leader's assignment is awaited.
    record Completing() implements ClassicPhase {
        @Override
        public String stateName() {
            return "CompletingRebalance";
        }
    }

    record Stable() implements ClassicPhase {
        @Override
        public String stateName() {
            return "Stable";
        }
    }
}
