package io.millrace.broker.partition;

import io.millrace.cluster.ClusterDelta;
import io.millrace.cluster.ClusterImage;
import io.millrace.cluster.ConfigResource;
import io.millrace.cluster.PartitionImage;
import io.millrace.cluster.TopicImage;
import io.millrace.protocol.Uuid;
import io.millrace.storage.LogDirectory;
import io.millrace.storage.LogId;
import io.millrace.storage.LogMove;
import io.millrace.storage.PartitionLog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the shards follow the cluster: opens partitions that this node got, closes and deletes
/// those that are gone, and passes new settings on.
///
/// Owner thread: the home loop, on which changes are told. What it does to a partition is a task of
/// the partition's loop, queued before the change can be answered to whoever asked for it.
public final class Assignments {
    private static final Logger LOG = LoggerFactory.getLogger(Assignments.class);

    private static final int NO_EPOCH = -1;

    private final int nodeId;
    private final Shards shards;
    private final List<LogDirectory> directories;
    private final TopicSettings settings;
    private final Map<LogId, PartitionLog> loaded = new HashMap<>();
    private final List<PartitionLog> rivals = new ArrayList<>();
    private final PreferredDirectories preferred = new PreferredDirectories();
    private final Map<LogDirectory, Integer> logsIn = new HashMap<>();
    private final List<Leadership> listeners = new ArrayList<>();
    private boolean isStarting = true;

    /// Hears which partitions this node leads, on each partition's loop.
    public interface Leadership {
        void leads(PartitionDriver partition);

        /// It is deleted, or led elsewhere or in another epoch.
        void resigns(PartitionDriver partition);
    }

    /// @param loaded the logs that were found on disk
    public Assignments(
            int nodeId,
            Shards shards,
            List<LogDirectory> directories,
            TopicSettings settings,
            List<PartitionLog> loaded) {
        this.nodeId = nodeId;
        this.shards = shards;
        this.directories = List.copyOf(directories);
        this.settings = settings;
        for (PartitionLog log : loaded) {
            if (this.loaded.putIfAbsent(log.id(), log) != null) {
                rivals.add(log);
            }
            logsIn.merge(log.directory(), 1, Integer::sum);
        }
        for (LogDirectory directory : directories) {
            directory.interruptedMoves().forEach(id -> preferred.remember(id, directory));
        }
    }

    public PreferredDirectories preferred() {
        return preferred;
    }

    /// Before the first change.
    public void listen(Leadership listener) {
        listeners.add(listener);
    }

    /// Carries out a change. The first one shows everything there is.
    public void changed(ClusterDelta delta) {
        for (TopicImage topic : delta.deleted()) {
            for (var partition : topic.partitions()) {
                drop(new LogId(topic.name(), partition.key()));
            }
        }
        ClusterImage image = delta.after();
        settleRivals(image);
        delta.partitions().forEach((topicId, numbers) -> {
            TopicImage topic = image.topics().get(topicId);
            if (topic != null && !numbers.isEmpty()) {
                TopicSettings.Values values = settings.of(image, topic.name());
                numbers.forEach(number -> assign(topic, number, values));
            }
        });
        reconfigure(delta);
        discardStrays(image);
        isStarting = false;
    }

    /// A move that was cut off can leave a log in two directories.
    private void settleRivals(ClusterImage image) {
        for (PartitionLog rival : rivals) {
            PartitionLog first = loaded.getOrDefault(rival.id(), rival);
            boolean isBetter = isOurs(image, rival)
                    && (!isOurs(image, first) || LogMove.supersedes(rival, first));
            if (isBetter) {
                loaded.put(rival.id(), rival);
            }
            PartitionLog loser = isBetter ? first : rival;
            LOG.atWarn()
                    .addKeyValue("partition", loser.id())
                    .addKeyValue("directory", loser.directory().path())
                    .log("A log lies in two directories: deleting the one that knows less");
            discard(loser);
        }
        rivals.clear();
    }

    private void assign(TopicImage topic, int number, TopicSettings.Values values) {
        PartitionImage partition = topic.partition(number);
        if (partition == null || partition.leader() != nodeId) {
            return;
        }
        LogId id = new LogId(topic.name(), number);
        PartitionLog existing = loaded.remove(id);
        if (existing != null && isOther(existing.topicId(), topic.id())) {
            // The topic was deleted and made anew while this node did not run.
            discard(existing);
            existing = null;
        }
        PartitionLog found = existing;
        Optional<LogDirectory> wanted = preferred.take(id);
        LogDirectory directory = found == null ? directory(partition, wanted) : found.directory();
        Shard shard = shards.of(id);
        shard.run(() -> {
            PartitionDriver present = shard.partition(id);
            if (present == null) {
                PartitionLog log =
                        found == null ? directory.create(id, topic.id(), values.log()) : found;
                lead(shard, log, partition.leaderEpoch(), values);
                wanted.filter(_ -> found != null).ifPresent(log.move()::to);
            } else if (present.leaderEpoch() != partition.leaderEpoch()) {
                listeners.forEach(listener -> listener.resigns(present));
                present.lead(partition.leaderEpoch());
                listeners.forEach(listener -> listener.leads(present));
            }
        });
    }

    private static boolean isOther(Uuid onDisk, Uuid id) {
        return !onDisk.isZero() && !onDisk.equals(id);
    }

    /// Where somebody wanted it, else where the cluster says, else where the fewest logs lie. What
    /// is missing at the start may lie in a directory that is offline: it must not begin anew,
    /// empty, in another.
    private LogDirectory directory(PartitionImage partition, Optional<LogDirectory> wanted) {
        if (isStarting) {
            for (LogDirectory directory : directories) {
                if (!directory.isOnline()) {
                    return directory;
                }
            }
        }
        if (wanted.isPresent()) {
            logsIn.merge(wanted.get(), 1, Integer::sum);
            return wanted.get();
        }
        Uuid assigned = partition.directoryOf(nodeId);
        LogDirectory best = directories.getFirst();
        for (LogDirectory directory : directories) {
            if (directory
                    .identity()
                    .filter(it -> it.directoryId().equals(assigned))
                    .isPresent()) {
                best = directory;
                break;
            }
            boolean isBetter = !best.isOnline() || logsIn(directory) < logsIn(best);
            if (directory.isOnline() && isBetter) {
                best = directory;
            }
        }
        logsIn.merge(best, 1, Integer::sum);
        return best;
    }

    private int logsIn(LogDirectory directory) {
        return logsIn.getOrDefault(directory, 0);
    }

    private void lead(Shard shard, PartitionLog log, int epoch, TopicSettings.Values values) {
        PartitionDriver driver = new PartitionDriver(log, shard, epoch);
        log.directory().attach(log, shard.loop(), driver);
        driver.reconfigure(values.log(), values.minInSyncReplicas());
        driver.begin();
        shard.put(driver);
        listeners.forEach(listener -> listener.leads(driver));
    }

    private void resign(PartitionDriver driver) {
        driver.stop();
        listeners.forEach(listener -> listener.resigns(driver));
    }

    private void drop(LogId id) {
        Shard shard = shards.of(id);
        shard.run(() -> {
            PartitionDriver driver = shard.remove(id);
            if (driver != null) {
                resign(driver);
                driver.log().directory().delete(driver.log());
            }
        });
    }

    private void reconfigure(ClusterDelta delta) {
        ClusterImage image = delta.after();
        boolean concernsAll = delta.configs().stream()
                .anyMatch(resource -> resource.kind() == ConfigResource.Kind.BROKER);
        if (concernsAll) {
            image.topics().byName().forEach(topic -> reconfigure(image, topic.value()));
            return;
        }
        for (ConfigResource resource : delta.configs()) {
            TopicImage topic = image.topic(resource.name());
            if (resource.kind() == ConfigResource.Kind.TOPIC && topic != null) {
                reconfigure(image, topic);
            }
        }
    }

    private void reconfigure(ClusterImage image, TopicImage topic) {
        TopicSettings.Values values = settings.of(image, topic.name());
        for (var partition : topic.partitions()) {
            LogId id = new LogId(topic.name(), partition.key());
            Shard shard = shards.of(id);
            shard.run(() -> {
                PartitionDriver driver = shard.partition(id);
                if (driver != null) {
                    driver.reconfigure(values.log(), values.minInSyncReplicas());
                }
            });
        }
    }

    /// Logs of topics that were deleted while this node did not run. One that only has no leader
    /// yet waits for it: Kafka leaves all partitions of its only node so when it stops.
    private void discardStrays(ClusterImage image) {
        for (PartitionLog log : List.copyOf(loaded.values())) {
            if (isOurs(image, log)) {
                continue;
            }
            loaded.remove(log.id());
            LOG.atInfo()
                    .addKeyValue("partition", log.id())
                    .log("Deleting the log of a topic that is gone");
            discard(log);
        }
    }

    private boolean isOurs(ClusterImage image, PartitionLog log) {
        TopicImage topic = image.topic(log.id().topic());
        if (topic == null || isOther(log.topicId(), topic.id())) {
            return false;
        }
        PartitionImage partition = topic.partition(log.id().partition());
        return partition != null && partition.replicas().contains(nodeId);
    }

    /// Deletes a log that no loop has got. Any loop will do.
    private void discard(PartitionLog log) {
        Shard shard = shards.of(log.id());
        shard.run(() -> {
            log.directory().attach(log, shard.loop(), new PartitionDriver(log, shard, NO_EPOCH));
            log.directory().delete(log);
        });
    }
}
