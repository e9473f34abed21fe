package io.millrace.clients.admin;

/// Whether topics are only checked.
public record CreateTopicsOptions(boolean validateOnly) {
    public CreateTopicsOptions() {
        this(false);
    }

    public CreateTopicsOptions validateOnly(boolean wanted) {
        return new CreateTopicsOptions(wanted);
    }
}
