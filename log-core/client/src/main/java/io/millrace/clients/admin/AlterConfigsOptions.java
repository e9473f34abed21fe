package io.millrace.clients.admin;

/// Whether changes are only checked.
public record AlterConfigsOptions(boolean validateOnly) {
    public AlterConfigsOptions() {
        this(false);
    }

    public AlterConfigsOptions validateOnly(boolean wanted) {
        return new AlterConfigsOptions(wanted);
    }
}
