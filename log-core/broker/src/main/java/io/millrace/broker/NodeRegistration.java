package io.millrace.broker;

import io.millrace.cluster.ControllerCommand;
import io.millrace.cluster.Features;
import io.millrace.host.Answer;
import io.millrace.protocol.BrokerRegistrationRequest;
import io.millrace.protocol.BrokerRegistrationRequest.Feature;
import io.millrace.protocol.BrokerRegistrationRequest.Listener;
import io.millrace.protocol.Response;
import io.millrace.protocol.Uuid;
import java.util.ArrayList;
import java.util.List;

/// Tells the controller that this node is there, and how clients reach it.
final class NodeRegistration {
    private static final short PLAINTEXT = 0;

    private NodeRegistration() {}

    /// Blocks until the cluster knows.
    static void register(
            BrokerConfig config,
            NodeCluster cluster,
            NodeStorage storage,
            List<ListenerAddress> bound) {
        BrokerRegistrationRequest request = BrokerRegistrationRequest.DEFAULT
                .withBrokerId(cluster.nodeId())
                .withClusterId(cluster.clusterId())
                .withIncarnationId(NodeStorage.randomId())
                .withListeners(endpoints(config.network(), bound))
                .withFeatures(Features.SUPPORTED.stream()
                        .map(it -> new Feature(it.name(), (short) it.min(), (short) it.max()))
                        .toList())
                .withRack(config.node().rack())
                .withLogDirs(directories(storage));
        long epoch = cluster.driver().endOffset();
        Answer<Response> answer = NodeCluster.join(cluster.submit(
                new ControllerCommand.RegisterBroker(request, epoch, storage.wasClean())));
        storage.directories().forEach(directory -> directory.nodeEpoch(epoch));
        if (answer instanceof Answer.Refused<Response>(var reason)) {
            throw new IllegalStateException("the controller refuses this node: " + reason);
        }
    }

    /// Tells the controller that this node stops, so that whoever comes next need not wait for it.
    /// Blocks.
    static void fence(NodeCluster cluster) {
        NodeCluster.join(cluster.submit(new ControllerCommand.FenceBroker(cluster.nodeId())));
    }

    private static List<Uuid> directories(NodeStorage storage) {
        return storage.directories().stream()
                .flatMap(directory -> directory.identity().stream())
                .map(identity -> identity.directoryId())
                .toList();
    }

    private static List<Listener> endpoints(NetworkSettings network, List<ListenerAddress> bound) {
        List<ListenerAddress> advertised = ListenerAddress.parseAll(network.advertisedListeners());
        List<Listener> endpoints = new ArrayList<>();
        for (ListenerAddress listener : bound) {
            ListenerAddress told = advertised.stream()
                    .filter(it -> it.name().equals(listener.name()))
                    .findFirst()
                    .orElse(listener);
            endpoints.add(new Listener(
                    listener.name(),
                    told.reachableHost(),
                    told.port() == 0 ? listener.port() : told.port(),
                    PLAINTEXT));
        }
        return endpoints;
    }
}
