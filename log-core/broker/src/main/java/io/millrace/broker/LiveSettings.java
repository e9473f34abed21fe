package io.millrace.broker;

import io.millrace.cluster.ClusterDelta;
import io.millrace.cluster.ClusterImage;
import io.millrace.cluster.Configurations;
import io.millrace.config.Settings;
import io.millrace.protocol.BadSetting;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Passes on some settings of the node as they stand: what it was started with, until somebody
/// changes the configuration of this node or of all.
///
/// Owner thread: `changed` is called on the home loop.
record LiveSettings<T extends Record>(
        Configurations configurations, Class<T> type, Consumer<T> follower) {
    private static final Logger LOG = LoggerFactory.getLogger(LiveSettings.class);

    void changed(ClusterDelta delta) {
        if (delta.before().configs() != delta.after().configs()) {
            read(delta.after());
        }
    }

    /// What is set in a cluster that was just loaded.
    void read(ClusterImage image) {
        try {
            follower.accept(Settings.read(type, configurations.ofNode(image)));
        } catch (BadSetting e) {
            LOG.atWarn()
                    .addKeyValue("settings", type.getSimpleName())
                    .addKeyValue("reason", e.getMessage())
                    .log("Keeping settings as they were");
        }
    }
}
