package io.millrace.group.assign;

import java.util.SortedMap;

/// Every member gets equally many partitions, as far as the subscriptions allow, and keeps as many
/// as possible of those it had.
public record Uniform() implements Assignor {
    static final String NAME = "uniform";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public SortedMap<String, Assignment> assign(GroupSpec spec) {
        Shares shares = new Shares(spec);
        shares.keep(spec.isHomogeneous());
        shares.handOut();
        if (!spec.isHomogeneous()) {
            shares.balance();
        }
        return shares.result();
    }
}
