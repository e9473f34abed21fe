package io.millrace.group;

/// How far a member of the consumer protocol has come towards its target.
enum MemberState {
    /// It has what its epoch gives it.
    STABLE(0),
    /// It must give up partitions before it can go on.
    UNREVOKED_PARTITIONS(1),
    /// It waits for partitions that others have not given up yet.
    UNRELEASED_PARTITIONS(2),
    /// Written by a newer release.
    UNKNOWN(127);

    private final byte number;

    MemberState(int number) {
        this.number = (byte) number;
    }

    byte number() {
        return number;
    }

    static MemberState of(byte number) {
        for (MemberState state : values()) {
            if (state.number == number) {
                return state;
            }
        }
        return UNKNOWN;
    }
}
