package io.millrace.broker;

import io.millrace.broker.handler.QuorumView;
import io.millrace.broker.metadata.MetadataLog;
import io.millrace.cluster.ClusterDelta;
import io.millrace.cluster.ClusterImage;
import io.millrace.host.Disk;
import io.millrace.host.Loop;
import io.millrace.protocol.BadSetting;
import io.millrace.protocol.Uuid;
import io.millrace.storage.DirectoryIdentity;
import io.millrace.storage.DirectorySettings;
import io.millrace.storage.LogConfig;
import io.millrace.storage.LogDirectory;
import io.millrace.storage.LogId;
import io.millrace.storage.MoveThrottle;
import io.millrace.storage.PartitionLog;
import io.millrace.storage.StorageThreads;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The log directories of a node and the threads that block for them. Starting and stopping belong
/// to who runs the node, and block.
final class NodeStorage implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeStorage.class);

    private static final int READERS = 4;
    private static final long STOP_SECONDS = 60;

    private final List<ExecutorService> threads = new ArrayList<>();
    private final List<LogDirectory> directories = new ArrayList<>();
    private final Disk disk;
    private final LiveSettings<DirectorySettings> live;
    private final MoveThrottle throttle = new MoveThrottle();
    private final LiveSettings<MoveThrottle.Rate> liveRate;
    private final CompletableFuture<String> failure = new CompletableFuture<>();
    private String clusterId = "";
    private @Nullable Path metadataDirectory;
    private @Nullable MetadataLog metadata;

    private NodeStorage(BrokerConfig config, Disk disk) {
        this.disk = disk;
        this.live = new LiveSettings<>(
                config.configurations(),
                DirectorySettings.class,
                now -> directories.forEach(directory -> directory.reconfigure(now)));
        this.liveRate =
                new LiveSettings<>(config.configurations(), MoveThrottle.Rate.class, throttle::set);
    }

    /// Opens every directory, and formats those that are new for the cluster of the others.
    static NodeStorage open(BrokerConfig config, Disk disk) {
        NodeStorage storage = new NodeStorage(config, disk);
        try {
            ExecutorService readers = storage.pool("log-reader", READERS, Thread.NORM_PRIORITY);
            ExecutorService background = storage.pool("log-background", 1, Thread.MIN_PRIORITY);
            int number = 0;
            for (Path path : config.node().logDirectories()) {
                ExecutorService writer =
                        storage.pool("log-writer-" + number++, 1, Thread.NORM_PRIORITY);
                LogDirectory directory = LogDirectory.open(
                        path,
                        disk,
                        config.directories(),
                        new StorageThreads(writer, readers, background));
                directory.throttleMoves(storage.throttle);
                storage.directories.add(directory);
            }
            storage.identify(config.node().nodeId());
            return storage;
        } catch (RuntimeException e) {
            storage.close();
            throw e;
        }
    }

    ExecutorService pool(String name, int size, int priority) {
        ThreadFactory factory =
                Thread.ofPlatform().name(name).priority(priority).daemon().factory();
        ExecutorService pool = Executors.newFixedThreadPool(size, factory);
        threads.add(pool);
        return pool;
    }

    private void identify(int nodeId) {
        for (LogDirectory directory : directories) {
            directory.identity().ifPresent(identity -> belongs(directory, identity, nodeId));
        }
        if (clusterId.isEmpty()) {
            clusterId = randomId().toString();
        }
        for (LogDirectory directory : directories) {
            if (directory.identity().isEmpty()) {
                directory.format(new DirectoryIdentity(clusterId, nodeId, randomId()));
            }
        }
    }

    private void belongs(LogDirectory directory, DirectoryIdentity identity, int nodeId) {
        if (identity.nodeId() != nodeId) {
            throw new BadSetting("log.dirs: " + directory.path() + " belongs to node "
                    + identity.nodeId() + ", and node.id is " + nodeId + ": set node.id="
                    + identity.nodeId() + ", or choose another directory");
        }
        if (!clusterId.isEmpty() && !clusterId.equals(identity.clusterId())) {
            throw new BadSetting("log.dirs: " + directory.path() + " belongs to the cluster "
                    + identity.clusterId() + ", and another to " + clusterId
                    + ": give the directories of one cluster");
        }
        clusterId = identity.clusterId();
    }

    /// The first bits are such that no special id is hit.
    static Uuid randomId() {
        SecureRandom random = new SecureRandom();
        return new Uuid(random.nextLong() & Long.MAX_VALUE | 1L << 62, random.nextLong());
    }

    List<LogDirectory> directories() {
        return directories;
    }

    /// The configuration of nodes may have changed. On the home loop.
    void changed(ClusterDelta delta) {
        live.changed(delta);
        liveRate.changed(delta);
    }

    String clusterId() {
        return clusterId;
    }

    /// What can be loaded: one damaged directory does not keep the others from being served.
    ///
    /// @throws BadSetting when there is none that can be used
    List<PartitionLog> load(ClusterImage image, Function<LogId, LogConfig> configs) {
        live.read(image);
        liveRate.read(image);
        List<PartitionLog> logs = new ArrayList<>();
        for (LogDirectory directory : directories) {
            logs.addAll(directory.load(configs));
        }
        if (directories.stream().noneMatch(LogDirectory::isOnline)) {
            throw new BadSetting("log.dirs: cannot load " + reasons()
                    + "; restore what is damaged or move it away, then start again");
        }
        for (LogDirectory directory : directories) {
            directory.offlineReason().ifPresent(reason -> offline(directory, reason));
        }
        return logs;
    }

    private String reasons() {
        return directories.stream()
                .map(it -> it.path() + " (" + it.offlineReason().orElse("") + ")")
                .collect(Collectors.joining(", "));
    }

    /// This node as the voter of its quorum of one.
    QuorumView.Voter voter(BrokerConfig config, List<ListenerAddress> controllers) {
        return new QuorumView.Voter(
                config.node().nodeId(),
                metadataDirectory(config),
                controllers.stream()
                        .map(it ->
                                new QuorumView.Endpoint(it.name(), it.reachableHost(), it.port()))
                        .toList());
    }

    private Uuid metadataDirectory(BrokerConfig config) {
        Path folder = config.node().metadataDirectory();
        return directories.stream()
                .filter(it -> it.path().equals(folder))
                .findFirst()
                .flatMap(LogDirectory::identity)
                .map(DirectoryIdentity::directoryId)
                .orElseThrow(() -> new BadSetting("metadata.log.dir must be one of log.dirs"));
    }

    /// Opens the metadata log, or makes it. Blocks.
    MetadataLog openMetadata(BrokerConfig config, Loop home, List<ListenerAddress> controllers) {
        Path folder = config.node().metadataDirectory();
        metadataDirectory = folder;
        QuorumView.Voter voter = voter(config, controllers);
        QuorumView.Endpoint endpoint = voter.endpoints().getFirst();
        ExecutorService writer = pool("metadata-writer", 1, Thread.NORM_PRIORITY);
        try {
            MetadataLog log = MetadataLog.open(
                    new MetadataLog.Place(disk, folder, home, writer),
                    new MetadataLog.Voter(
                            voter.node(), voter.directory(), endpoint.host(), endpoint.port()));
            log.whenBroken(reason -> metadataFailed(folder, reason));
            metadata = log;
            return log;
        } catch (IOException e) {
            throw new BadSetting(
                    "The metadata log in " + folder + " cannot be used: " + e.getMessage(), e);
        }
    }

    /// Begins the periodic work of the directories.
    void start(Loop home) {
        directories.forEach(directory -> directory.start(home, this::offline));
    }

    private void offline(LogDirectory directory, String reason) {
        LOG.atError()
                .addKeyValue("directory", directory.path())
                .addKeyValue("reason", reason)
                .log("A log directory is offline; its partitions are not served until "
                        + "the next start");
        if (directory.path().equals(metadataDirectory)) {
            metadataFailed(directory.path(), reason);
        }
    }

    private void metadataFailed(Path folder, String reason) {
        failure.complete("The disk of " + folder + ", where the metadata log lies, failed: "
                + reason + "; replace or repair it, then start again");
    }

    /// Completes, with the reason, when the node cannot go on: without its metadata log it can
    /// neither change anything nor trust what it knows. The other directories are not worth it,
    /// says Kafka too.
    CompletableFuture<String> failure() {
        return failure;
    }

    /// Whether all that lies here was written by a node that stopped cleanly.
    boolean wasClean() {
        return directories.stream().allMatch(LogDirectory::wasStoppedCleanly);
    }

    /// A clean stop. The loops of the logs must be idle.
    @Override
    public void close() {
        directories.forEach(LogDirectory::close);
        threads.forEach(ExecutorService::shutdown);
        try {
            for (ExecutorService pool : threads) {
                if (!pool.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                    LOG.atError().log("A storage thread does not end");
                }
            }
            if (metadata != null) {
                metadata.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.atError().setCause(e).log("Cannot close the metadata log");
        }
    }
}
