package io.millrace.clients.admin;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The settings of one resource.
public record Config(Collection<ConfigEntry> entries) {
    public Config {
        entries = List.copyOf(entries);
    }

    public @Nullable ConfigEntry get(String name) {
        for (ConfigEntry entry : entries) {
            if (entry.name().equals(name)) {
                return entry;
            }
        }
        return null;
    }
}
