package io.millrace.broker;

import io.millrace.broker.coordinator.GroupCoordinators;
import io.millrace.broker.handler.LoggerLevels;
import io.millrace.broker.metadata.ClusterDriver;
import io.millrace.broker.metadata.MetadataLog;
import io.millrace.broker.partition.Assignments;
import io.millrace.broker.partition.LargeBatches;
import io.millrace.broker.partition.Shards;
import io.millrace.broker.partition.TopicSettings;
import io.millrace.broker.request.Authorizer;
import io.millrace.host.Loop;
import io.millrace.metrics.MetricsEndpoint;
import io.millrace.metrics.SyncCounters;
import io.millrace.protocol.BadSetting;
import io.millrace.storage.FileDisk;
import io.millrace.storage.PartitionLog;
import io.millrace.transport.Connection;
import io.millrace.transport.LoopGroup;
import io.millrace.transport.VertxLoop;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One node: it opens what there is, joins the parts, and closes them in the opposite order. What
/// the parts do is theirs.
///
/// Owner thread: whoever starts and stops it; both block.
public final class Broker {
    private static final Logger LOG = LoggerFactory.getLogger(Broker.class);

    private final BrokerConfig config;
    private final LoopGroup loops;
    private final NodeListeners listeners;
    private final SyncCounters syncs;
    private final LoggerLevels loggers;
    private @Nullable MetricsEndpoint metrics;
    private final LargeBatches largeBatches = new LargeBatches();
    private @Nullable NodeStorage storage;
    private @Nullable NodeCluster registered;

    private Broker(
            BrokerConfig config,
            LoopGroup loops,
            NodeListeners listeners,
            SyncCounters syncs,
            LoggerLevels loggers) {
        this.config = config;
        this.loops = loops;
        this.listeners = listeners;
        this.syncs = syncs;
        this.loggers = loggers;
    }

    /// Starts a node; when this returns, it serves.
    ///
    /// @throws BadSetting when it cannot be started as the operator wants it
    public static Broker start(BrokerConfig config) {
        return start(config, LoggerLevels.FIXED);
    }

    /// @param loggers what clients may read and set of this process's logging
    public static Broker start(BrokerConfig config, LoggerLevels loggers) {
        return start(config, loggers, Authorizer.ALLOW_ALL);
    }

    static Broker start(BrokerConfig config, LoggerLevels loggers, Authorizer authorizer) {
        NetworkSettings network = config.network();
        var syncs = new SyncCounters();
        var disk = new FileDisk(syncs);
        LoopGroup loops = LoopGroup.start(network.loops(), network.requestBytes());
        try {
            Broker broker =
                    new Broker(config, loops, NodeListeners.bind(loops, config), syncs, loggers);
            broker.open(disk, authorizer);
            return broker;
        } catch (RuntimeException e) {
            loops.close().join();
            throw e;
        }
    }

    private void open(FileDisk disk, Authorizer authorizer) {
        try {
            openAll(disk, authorizer);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void openAll(FileDisk disk, Authorizer authorizer) {
        VertxLoop home = loops.loops().getFirst();
        MetricsEndpoint.open(config.metrics(), home, syncs).ifPresent(it -> metrics = it);
        NodeStorage storage = NodeStorage.open(config, disk);
        this.storage = storage;
        MetadataLog log = storage.openMetadata(config, home, listeners.controllers());
        ClusterDriver driver = NodeCluster.load(config, home, log);
        NodeCluster cluster = new NodeCluster(
                driver,
                storage.clusterId(),
                config.node().nodeId(),
                storage.voter(config, listeners.controllers()));
        TopicSettings settings = new TopicSettings(config.configurations());
        List<PartitionLog> logs =
                storage.load(cluster.image(), id -> settings.log(cluster.image(), id.topic()));
        Shards shards = new Shards(loops.loops(), largeBatches);
        Assignments assignments =
                new Assignments(cluster.nodeId(), shards, storage.directories(), settings, logs);
        GroupCoordinators coordinators = new GroupCoordinators(cluster, shards, config.groups());
        assignments.listen(coordinators);
        NodeCluster.await(home, () -> {
            driver.listen(coordinators::changed);
            driver.listen(assignments::changed);
            driver.listen(listeners::changed);
            driver.listen(storage::changed);
        });
        storage.start(home);
        NodeRegistration.register(config, cluster, storage, listeners.bound());
        this.registered = cluster;
        NodeHandlers.Routers routers = NodeHandlers.routers(
                config,
                cluster,
                storage,
                new NodeHandlers.Serving(
                        shards, assignments.preferred(), coordinators, loggers, authorizer));
        listeners.serve(routers);
        show(storage, new NodeObserved.Served(routers.clients(), shards, coordinators));
        tell(cluster);
    }

    private void tell(NodeCluster cluster) {
        LOG.atInfo()
                .addKeyValue("node", cluster.nodeId())
                .addKeyValue("cluster", cluster.clusterId())
                .addKeyValue("listeners", listeners.bound())
                .addKeyValue("controllers", listeners.controllers())
                .log("The node serves");
    }

    private void show(NodeStorage storage, NodeObserved.Served served) {
        if (metrics != null) {
            metrics.show(new NodeObserved(loops, listeners, storage, served));
        }
    }

    /// Where clients of this node connect to, with the ports that were taken.
    public List<ListenerAddress> listeners() {
        return listeners.bound();
    }

    /// Where controllers, and who looks after them, connect to.
    public List<ListenerAddress> controllers() {
        return listeners.controllers();
    }

    /// The port of the first listener.
    public int port() {
        return listeners.bound().getFirst().port();
    }

    /// HOST:PORT of the listener for metrics and health; empty when there is none.
    public Optional<String> metricsAddress() {
        return Optional.ofNullable(metrics).map(MetricsEndpoint::address);
    }

    /// A connection within this process, for a client that runs on that loop.
    public Connection connect(Loop client) {
        return listeners.connect(client);
    }

    /// The loops of the node, which clients in this process may share.
    public LoopGroup loops() {
        return loops;
    }

    /// Completes, with the reason, when the node cannot go on: the process should end at once. It
    /// must not wait for a disk that has failed, so there is nothing to stop cleanly.
    public CompletableFuture<String> failure() {
        NodeStorage open = storage;
        return open == null ? new CompletableFuture<>() : open.failure();
    }

    /// Stops cleanly: what was taken is written, and the next start scans nothing. Blocks.
    public void stop() {
        close();
        loops.close().join();
    }

    private void close() {
        if (metrics != null) {
            metrics.hide(); // who asks meanwhile is told, and sends no more work here
        }
        listeners.close();
        // What the last requests set going is done when the loops come by.
        largeBatches.close();
        loops.loops().forEach(loop -> NodeCluster.await(loop, () -> {}));
        if (registered != null) {
            NodeRegistration.fence(registered);
        }
        if (storage != null) {
            storage.close();
        }
        if (metrics != null) {
            metrics.close();
        }
    }
}
