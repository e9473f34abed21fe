package io.millrace.clients.admin;

import io.millrace.common.IsolationLevel;

/// For whom the end of a partition is meant.
public record ListOffsetsOptions(IsolationLevel isolationLevel) {
    public ListOffsetsOptions() {
        this(IsolationLevel.READ_UNCOMMITTED);
    }

    public ListOffsetsOptions isolationLevel(IsolationLevel wanted) {
        return new ListOffsetsOptions(wanted);
    }
}
