package io.millrace.clients.admin;

import io.millrace.config.Setting;

/// What only the administration client has.
record AdminSettings(
        @Setting(
                key = "default.api.timeout.ms",
                value = "60000",
                range = "0..",
                help = "How long a call may take, with all its requests.")
        int defaultApiTimeoutMs) {}
