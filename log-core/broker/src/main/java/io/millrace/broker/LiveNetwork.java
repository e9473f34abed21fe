package io.millrace.broker;

import io.millrace.cluster.ClusterDelta;
import io.millrace.cluster.Configurations;
import io.millrace.config.Settings;
import io.millrace.protocol.BadSetting;
import io.millrace.transport.AcceptLimits;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The limits of connections as they stand now: what the node was started with, until somebody
/// changes the configuration of this node or of all.
///
/// Owner thread: `changed` is called on the home loop; what it finds is read anywhere.
final class LiveNetwork implements Supplier<AcceptLimits> {
    private static final Logger LOG = LoggerFactory.getLogger(LiveNetwork.class);

    private final Configurations configurations;
    private volatile AcceptLimits limits;

    LiveNetwork(Configurations configurations, NetworkSettings started) {
        this.configurations = configurations;
        this.limits = started.limits();
    }

    void changed(ClusterDelta delta) {
        if (delta.before().configs() == delta.after().configs()) {
            return;
        }
        try {
            limits = Settings.read(NetworkSettings.class, configurations.ofNode(delta.after()))
                    .limits();
        } catch (BadSetting e) {
            LOG.atWarn()
                    .addKeyValue("reason", e.getMessage())
                    .log("Keeping the limits of connections");
        }
    }

    @Override
    public AcceptLimits get() {
        return limits;
    }
}
