package io.millrace.broker.handler;

import io.millrace.cluster.ClusterImage;
import io.millrace.protocol.RegisterBrokerRecord;
import java.util.Optional;

/// Where clients of a listener find the nodes.
final class Endpoints {
    private Endpoints() {}

    /// Empty when the node is down, or has no such listener.
    static Optional<RegisterBrokerRecord.BrokerEndpoint> of(
            ClusterImage image, int node, String listener) {
        RegisterBrokerRecord broker = image.brokers().get(node);
        return broker == null || broker.fenced() ? Optional.empty() : of(broker, listener);
    }

    static Optional<RegisterBrokerRecord.BrokerEndpoint> of(
            RegisterBrokerRecord broker, String listener) {
        return broker.endPoints().stream()
                .filter(each -> each.name().equals(listener))
                .findFirst();
    }
}
