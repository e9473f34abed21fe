package io.millrace.clients.admin;

/// Whether the update is only checked.
public record UpdateFeaturesOptions(boolean validateOnly) {
    public UpdateFeaturesOptions() {
        this(false);
    }

    public UpdateFeaturesOptions validateOnly(boolean wanted) {
        return new UpdateFeaturesOptions(wanted);
    }
}
