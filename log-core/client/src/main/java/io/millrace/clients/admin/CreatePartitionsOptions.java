package io.millrace.clients.admin;

/// Whether partitions are only checked.
public record CreatePartitionsOptions(boolean validateOnly) {
    public CreatePartitionsOptions() {
        this(false);
    }

    public CreatePartitionsOptions validateOnly(boolean wanted) {
        return new CreatePartitionsOptions(wanted);
    }
}
