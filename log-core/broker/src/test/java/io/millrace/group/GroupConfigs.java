package io.millrace.group;

import io.millrace.config.Settings;
import java.util.Map;

/// Settings for tests: the defaults but for what is given.
final class GroupConfigs {
    private GroupConfigs() {}

    static GroupConfig with(Map<String, String> changed) {
        return Settings.read(GroupConfig.class, changed);
    }

    static GroupConfig defaults() {
        return with(Map.of());
    }
}
