package io.millrace.common;

/// States of a group, of all protocols.
public enum GroupState {
    UNKNOWN("Unknown"),
    PREPARING_REBALANCE("PreparingRebalance"),
    COMPLETING_REBALANCE("CompletingRebalance"),
    STABLE("Stable"),
    DEAD("Dead"),
    EMPTY("Empty"),
    ASSIGNING("Assigning"),
    RECONCILING("Reconciling"),
    NOT_READY("NotReady");

    private final String text;

    GroupState(String text) {
        this.text = text;
    }

    public static GroupState parse(String text) {
        for (GroupState state : values()) {
            if (state.text.equalsIgnoreCase(text)) {
                return state;
            }
        }
        return UNKNOWN;
    }

    @Override
    public String toString() {
        return text;
    }
}
