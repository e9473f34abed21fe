package io.millrace.clients.admin;

/// Whether internal topics are listed too.
public record ListTopicsOptions(boolean listInternal) {
    public ListTopicsOptions() {
        this(false);
    }

    public ListTopicsOptions listInternal(boolean wanted) {
        return new ListTopicsOptions(wanted);
    }
}
