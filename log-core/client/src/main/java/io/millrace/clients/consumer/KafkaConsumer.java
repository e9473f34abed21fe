package io.millrace.clients.consumer;

import io.millrace.clients.network.Blocking;
import io.millrace.clients.network.ClientNetwork;
import io.millrace.clients.network.ClientProperties;
import io.millrace.clients.network.ClusterClient;
import io.millrace.clients.network.ClusterView;
import io.millrace.clients.network.ConnectionSettings;
import io.millrace.clients.network.SocketNetwork;
import io.millrace.common.KafkaException;
import io.millrace.common.Metric;
import io.millrace.common.MetricName;
import io.millrace.common.PartitionInfo;
import io.millrace.common.TopicPartition;
import io.millrace.common.config.ConfigException;
import io.millrace.common.errors.InvalidGroupIdException;
import io.millrace.common.errors.RetriableException;
import io.millrace.common.errors.TimeoutException;
import io.millrace.common.serialization.Deserializer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads records from a cluster, alone or as a member of a group. A loop of the consumer's own
/// fetches ahead and keeps the membership alive; `poll` takes what is there and carries out
/// rebalances. Made from Kafka's properties ({@link ConsumerConfig}); must be closed.
public class KafkaConsumer<K, V> implements Consumer<K, V> {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaConsumer.class);
    private static final long MS = 1_000_000;
    private static final long CLOSE_MS = 30_000;
    private static final long CLOSE_NETWORK_MS = 5_000;

    private final ClientNetwork network;
    private final ClusterClient client;
    private final ConsumerSettings settings;
    private final Inbox inbox = new Inbox();
    private final Reading<K, V> reading;
    private final Resolver resolver;
    private final Deserializer<K> keyDeserializer;
    private final Deserializer<V> valueDeserializer;
    private final List<ConsumerInterceptor<K, V>> interceptors;
    private final @Nullable Commits commits;
    private final @Nullable Membership membership;
    private final Rebalancing rebalancing;
    private final AtomicReference<@Nullable Thread> user = new AtomicReference<>();
    private int depth;
    private @Nullable Subscribed subscribed;
    private boolean isClosed;
    private long nextAutoCommitNanos;
    private final List<CompletableFuture<Void>> pendingCommits = new ArrayList<>();

    public KafkaConsumer(Properties properties) {
        this(ClientProperties.of(properties));
    }

    public KafkaConsumer(
            Properties properties, @Nullable Deserializer<K> key, @Nullable Deserializer<V> value) {
        this(ClientProperties.of(properties), key, value);
    }

    public KafkaConsumer(Map<String, Object> configs) {
        this(configs, null, null);
    }

    public KafkaConsumer(
            Map<String, Object> configs,
            @Nullable Deserializer<K> key,
            @Nullable Deserializer<V> value) {
        this(configs, key, value, null);
    }

    /// @param network how servers are reached; null for sockets
    @SuppressWarnings("unchecked")
    public KafkaConsumer(
            Map<String, Object> configs,
            @Nullable Deserializer<K> key,
            @Nullable Deserializer<V> value,
            @Nullable ClientNetwork network) {
        ClientProperties properties =
                new ClientProperties(configs, ConnectionSettings.class, ConsumerSettings.class);
        settings = properties.get(ConsumerSettings.class);
        keyDeserializer = deserializer(properties, key, true);
        valueDeserializer = deserializer(properties, value, false);
        interceptors = (List<ConsumerInterceptor<K, V>>) (List<?>) properties.plugins(
                ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG, ConsumerInterceptor.class);
        interceptors.forEach(each -> each.configure(properties.given()));
        ConnectionSettings connection = properties.get(ConnectionSettings.class);
        this.network =
                network != null ? network : new SocketNetwork(connection.connectionsMaxIdleMs());
        client = new ClusterClient(this.network, connection);
        client.metadata().allowCreation(settings.autoCreateTopics());
        reading = new Reading<>(
                client,
                settings,
                new ChunkReader.Parts<>(
                        keyDeserializer,
                        valueDeserializer,
                        settings.isolationLevel(),
                        settings.checkCrcs()),
                inbox);
        rebalancing = new Rebalancing(reading, inbox, this::beforeRevoke, this::assignmentChanged);
        String groupId = settings.groupId();
        commits = groupId == null ? null : new Commits(client, groupId, this::member);
        membership = groupId == null || groupId.isEmpty()
                ? null
                : Memberships.create(client, settings, properties, rebalancing);
        resolver = new Resolver(client, settings, reading, inbox, commits);
        nextAutoCommitNanos = System.nanoTime() + settings.autoCommitIntervalMs() * MS;
    }

    private ConsumerGroupMetadata member() {
        Membership mine = membership;
        String groupId = settings.groupId();
        return mine == null
                ? new ConsumerGroupMetadata(groupId == null ? "" : groupId)
                : mine.metadata();
    }

    @SuppressWarnings("unchecked")
    private static <T> Deserializer<T> deserializer(
            ClientProperties properties, @Nullable Deserializer<T> given, boolean isKey) {
        if (given != null) {
            return given;
        }
        String key = isKey
                ? ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG
                : ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG;
        Deserializer<T> made = (Deserializer<T>) properties.plugin(key, Deserializer.class);
        if (made == null) {
            throw new ConfigException(key + " must name a deserializer, or one must be given");
        }
        made.configure(properties.given(), isKey);
        return made;
    }

    // ---- one thread at a time

    private void enter() {
        Thread me = Thread.currentThread();
        if (user.get() != me && !user.compareAndSet(null, me)) {
            throw new ConcurrentModificationException("A consumer serves one thread at a time");
        }
        depth++;
        if (isClosed) {
            exit();
            throw new IllegalStateException("The consumer is closed");
        }
    }

    private void exit() {
        depth--;
        if (depth == 0) {
            user.set(null);
        }
    }

    private <T> T alone(Supplier<T> work) {
        enter();
        try {
            return work.get();
        } finally {
            exit();
        }
    }

    private void alone(Runnable work) {
        alone(() -> {
            work.run();
            return true;
        });
    }

    private Duration apiTimeout() {
        return Duration.ofMillis(settings.defaultApiTimeoutMs());
    }

    /// Waits for what the loop does; rebalances and commits go on meanwhile.
    private <T> T await(CompletableFuture<T> future, Duration timeout) {
        long deadline = System.nanoTime() + bounded(timeout);
        if (!inbox.awaitDone(future, deadline, true)) {
            throw new TimeoutException("Not done within " + timeout.toMillis() + " ms");
        }
        return Blocking.await(future, 1);
    }

    private static long bounded(Duration timeout) {
        return timeout.compareTo(Duration.ofDays(365)) > 0
                ? Duration.ofDays(365).toNanos()
                : timeout.toNanos();
    }

    // ---- subscribing

    @Override
    public Set<TopicPartition> assignment() {
        return alone(reading::assignment);
    }

    @Override
    public Set<String> subscription() {
        return alone(() -> {
            Subscribed what = subscribed;
            return what == null
                    ? Set.<String>of()
                    : what.topics(client.view(), settings.excludeInternalTopics());
        });
    }

    @Override
    public void subscribe(Collection<String> topics) {
        subscribe(topics, null);
    }

    @Override
    public void subscribe(Collection<String> topics, @Nullable ConsumerRebalanceListener listener) {
        if (topics.isEmpty()) {
            unsubscribe();
            return;
        }
        subscribe(new Subscribed.Topics(new LinkedHashSet<>(topics)), listener);
    }

    @Override
    public void subscribe(Pattern pattern) {
        subscribe(new Subscribed.ByPattern(pattern), null);
    }

    @Override
    public void subscribe(Pattern pattern, ConsumerRebalanceListener listener) {
        subscribe(new Subscribed.ByPattern(pattern), listener);
    }

    @Override
    public void subscribe(SubscriptionPattern pattern) {
        subscribe(new Subscribed.ByServer(pattern), null);
    }

    @Override
    public void subscribe(SubscriptionPattern pattern, ConsumerRebalanceListener listener) {
        subscribe(new Subscribed.ByServer(pattern), listener);
    }

    private void subscribe(Subscribed what, @Nullable ConsumerRebalanceListener listener) {
        alone(() -> {
            Membership mine = membership;
            if (mine == null) {
                throw new InvalidGroupIdException("To subscribe, group.id must be set");
            }
            if (subscribed == null && !reading.isEmpty()) {
                throw new IllegalStateException(
                        "Partitions were assigned by hand: unsubscribe first");
            }
            subscribed = what;
            rebalancing.listener(listener);
            rebalancing.over(false);
            client.loop().execute(() -> mine.subscribe(what));
        });
    }

    @Override
    public void assign(Collection<TopicPartition> partitions) {
        alone(() -> {
            if (subscribed != null) {
                throw new IllegalStateException("The consumer is subscribed: unsubscribe first");
            }
            maybeAutoCommit(true);
            reading.assign(partitions);
            assignmentChanged();
        });
    }

    private void assignmentChanged() {
        Set<String> topics = reading.assignment().stream()
                .map(TopicPartition::topic)
                .collect(Collectors.toSet());
        client.loop().execute(() -> {
            boolean isNew = false;
            for (String topic : topics) {
                isNew |= client.metadata().want(topic) || client.view().topic(topic) == null;
            }
            if (isNew) {
                client.metadata().refresh();
            }
        });
    }

    @Override
    public void unsubscribe() {
        alone(() -> {
            if (subscribed != null) {
                leave(true, apiTimeout());
            }
            subscribed = null;
            reading.assign(List.of());
        });
    }

    private void leave(boolean tell, Duration timeout) {
        Membership mine = membership;
        if (mine == null) {
            return;
        }
        rebalancing.revokeNow(reading.assignment());
        rebalancing.over(true);
        CompletableFuture<Void> left = client.call(() -> mine.leave(tell));
        inbox.awaitDone(left, System.nanoTime() + bounded(timeout), false);
    }

    // ---- reading

    @Override
    public ConsumerRecords<K, V> poll(Duration timeout) {
        return alone(() -> {
            if (subscribed == null && reading.isEmpty()) {
                throw new IllegalStateException("Subscribe to topics or assign partitions first");
            }
            ConsumerRecords<K, V> records = pollUntil(System.nanoTime() + bounded(timeout));
            return interceptors.isEmpty() ? records : intercept(records);
        });
    }

    private ConsumerRecords<K, V> pollUntil(long deadline) {
        Membership mine = membership;
        if (mine != null && subscribed != null) {
            client.loop().execute(mine::polled);
        }
        while (true) {
            inbox.throwIfWoken();
            inbox.run();
            maybeAutoCommit(false);
            reading.throwFailure();
            resolver.resolve();
            ConsumerRecords<K, V> records = reading.take();
            if (!records.isEmpty()) {
                return records;
            }
            reading.throwFailure();
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return ConsumerRecords.empty();
            }
            inbox.await(
                    settings.autoCommit() && commits != null
                            ? Math.min(left, settings.autoCommitIntervalMs() * MS + MS)
                            : left);
        }
    }

    private ConsumerRecords<K, V> intercept(ConsumerRecords<K, V> records) {
        ConsumerRecords<K, V> seen = records;
        for (ConsumerInterceptor<K, V> each : interceptors) {
            try {
                seen = each.onConsume(seen);
            } catch (RuntimeException e) {
                warn(each, e);
            }
        }
        return seen;
    }

    private static void warn(Object interceptor, RuntimeException failure) {
        LOG.atWarn()
                .addKeyValue("interceptor", interceptor.getClass().getName())
                .setCause(failure)
                .log("An interceptor failed");
    }

    // ---- committing

    private Commits commits() {
        Commits mine = commits;
        if (mine == null) {
            throw new InvalidGroupIdException("To commit, group.id must be set");
        }
        return mine;
    }

    /// @param now whether to commit before the interval is over
    private void maybeAutoCommit(boolean now) {
        if (!settings.autoCommit() || commits == null || reading.isEmpty()) {
            return;
        }
        long nanos = System.nanoTime();
        if (!now && nextAutoCommitNanos - nanos > 0) {
            return;
        }
        nextAutoCommitNanos = nanos + settings.autoCommitIntervalMs() * MS;
        commitAsync(reading.toCommit(reading.assignment()), null);
    }

    private void beforeRevoke(Set<TopicPartition> partitions) {
        if (!settings.autoCommit() || commits == null) {
            return;
        }
        Map<TopicPartition, OffsetAndMetadata> offsets = reading.toCommit(partitions);
        CompletableFuture<Void> done =
                client.call(() -> commits().commit(offsets, settings.defaultApiTimeoutMs()));
        long deadline = System.nanoTime() + settings.defaultApiTimeoutMs() * MS;
        inbox.awaitDone(done, deadline, false);
        if (done.isCompletedExceptionally()) {
            LOG.atWarn()
                    .addKeyValue("partitions", partitions)
                    .log("Positions could not be committed before the partitions went");
        } else {
            committed(offsets);
        }
    }

    private void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
        for (ConsumerInterceptor<K, V> each : interceptors) {
            try {
                each.onCommit(offsets);
            } catch (RuntimeException e) {
                warn(each, e);
            }
        }
    }

    @Override
    public void commitSync() {
        commitSync(apiTimeout());
    }

    @Override
    public void commitSync(Duration timeout) {
        alone(() -> commitSync(reading.toCommit(reading.assignment()), timeout));
    }

    @Override
    public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
        commitSync(offsets, apiTimeout());
    }

    @Override
    public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
        alone(() -> {
            long nanos = bounded(timeout);
            Map<TopicPartition, OffsetAndMetadata> copy = Map.copyOf(offsets);
            pendingCommits.removeIf(CompletableFuture::isDone);
            CompletableFuture<Void> earlier =
                    CompletableFuture.allOf(pendingCommits.toArray(CompletableFuture<?>[]::new));
            await(client.call(() -> commits().commit(copy, nanos / MS)), timeout);
            inbox.awaitDone(earlier, System.nanoTime() + nanos, false);
            inbox.run();
            committed(copy);
        });
    }

    @Override
    public void commitAsync() {
        commitAsync(null);
    }

    @Override
    public void commitAsync(@Nullable OffsetCommitCallback callback) {
        alone(() -> commitAsync(reading.toCommit(reading.assignment()), callback));
    }

    @Override
    public void commitAsync(
            Map<TopicPartition, OffsetAndMetadata> offsets,
            @Nullable OffsetCommitCallback callback) {
        alone(() -> {
            Commits mine = commits();
            Map<TopicPartition, OffsetAndMetadata> copy = Map.copyOf(offsets);
            CompletableFuture<Void> done = client.call(() -> mine.commitOnce(copy));
            pendingCommits.removeIf(CompletableFuture::isDone);
            pendingCommits.add(done.exceptionally(failure -> null));
            done.whenComplete(
                    (nothing, failure) -> inbox.put(() -> committedAsync(copy, failure, callback)));
        });
    }

    private void committedAsync(
            Map<TopicPartition, OffsetAndMetadata> offsets,
            @Nullable Throwable failure,
            @Nullable OffsetCommitCallback callback) {
        if (failure == null) {
            committed(offsets);
        }
        if (callback == null) {
            return;
        }
        Exception told = failure instanceof RetriableException
                ? new RetriableCommitFailedException(failure)
                : failure == null || failure instanceof Exception
                        ? (Exception) failure
                        : new KafkaException(failure);
        callback.onComplete(offsets, told);
    }

    @Override
    public Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions) {
        return committed(partitions, apiTimeout());
    }

    @Override
    @SuppressWarnings("NullAway") // null for what is not committed, as programs expect
    public Map<TopicPartition, OffsetAndMetadata> committed(
            Set<TopicPartition> partitions, Duration timeout) {
        return alone(() -> {
            Map<TopicPartition, OffsetAndMetadata> found =
                    new HashMap<>(onLoop(timeout, ms -> commits().fetch(partitions, ms)));
            partitions.forEach(each -> found.putIfAbsent(each, null));
            return found;
        });
    }

    private interface Timed<T> {
        CompletionStage<T> within(long timeoutMs);
    }

    private <T> T onLoop(Duration timeout, Timed<T> work) {
        return await(client.call(() -> work.within(bounded(timeout) / MS)), timeout);
    }

    // ---- positions

    @Override
    public void seek(TopicPartition partition, long offset) {
        if (offset < 0) {
            throw new IllegalArgumentException("An offset cannot be negative: " + offset);
        }
        seek(partition, new OffsetAndMetadata(offset));
    }

    @Override
    public void seek(TopicPartition partition, OffsetAndMetadata offset) {
        alone(() -> reading.seek(partition, offset));
    }

    @Override
    public void seekToBeginning(Collection<TopicPartition> partitions) {
        seekAll(partitions, new OffsetReset.Earliest());
    }

    @Override
    public void seekToEnd(Collection<TopicPartition> partitions) {
        seekAll(partitions, new OffsetReset.Latest());
    }

    private void seekAll(Collection<TopicPartition> partitions, OffsetReset reset) {
        alone(() -> {
            Collection<TopicPartition> which =
                    partitions.isEmpty() ? reading.assignment() : partitions;
            which.forEach(each -> reading.seek(each, reset));
        });
    }

    @Override
    public long position(TopicPartition partition) {
        return position(partition, apiTimeout());
    }

    @Override
    public long position(TopicPartition partition, Duration timeout) {
        return alone(() -> {
            long deadline = System.nanoTime() + bounded(timeout);
            Position position = reading.position(partition);
            while (!position.isKnown()) {
                resolver.resolve();
                inbox.throwIfWoken();
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    throw new TimeoutException("The position in " + partition
                            + " is not known within " + timeout.toMillis() + " ms");
                }
                inbox.await(left);
                reading.throwFailure();
            }
            return position.offset();
        });
    }

    @Override
    public Set<TopicPartition> paused() {
        return alone(() -> {
            Set<TopicPartition> paused = new LinkedHashSet<>();
            for (Position position : reading.positions()) {
                if (position.isPaused) {
                    paused.add(position.partition());
                }
            }
            return paused;
        });
    }

    @Override
    public void pause(Collection<TopicPartition> partitions) {
        alone(() -> partitions.forEach(each -> reading.pause(each, true)));
    }

    @Override
    public void resume(Collection<TopicPartition> partitions) {
        alone(() -> partitions.forEach(each -> reading.pause(each, false)));
    }

    @Override
    public OptionalLong currentLag(TopicPartition partition) {
        return alone(() -> reading.lag(partition));
    }

    // ---- asking the cluster

    @Override
    public Map<TopicPartition, @Nullable OffsetAndTimestamp> offsetsForTimes(
            Map<TopicPartition, Long> times) {
        return offsetsForTimes(times, apiTimeout());
    }

    @Override
    @SuppressWarnings("NullAway")
    public Map<TopicPartition, @Nullable OffsetAndTimestamp> offsetsForTimes(
            Map<TopicPartition, Long> times, Duration timeout) {
        return alone(() -> {
            Map<TopicPartition, Offsets.Found> found =
                    onLoop(timeout, ms -> resolver.offsets().find(times, ms));
            Map<TopicPartition, @Nullable OffsetAndTimestamp> result = new HashMap<>();
            times.keySet().forEach(partition -> {
                Offsets.Found one = found.get(partition);
                result.put(
                        partition,
                        one == null || one.offset() < 0
                                ? null
                                : new OffsetAndTimestamp(one.offset(), one.timestamp()));
            });
            return result;
        });
    }

    @Override
    public Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> partitions) {
        return beginningOffsets(partitions, apiTimeout());
    }

    @Override
    public Map<TopicPartition, Long> beginningOffsets(
            Collection<TopicPartition> partitions, Duration timeout) {
        return ends(partitions, OffsetReset.EARLIEST_TIMESTAMP, timeout);
    }

    @Override
    public Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions) {
        return endOffsets(partitions, apiTimeout());
    }

    @Override
    public Map<TopicPartition, Long> endOffsets(
            Collection<TopicPartition> partitions, Duration timeout) {
        return ends(partitions, OffsetReset.LATEST_TIMESTAMP, timeout);
    }

    private Map<TopicPartition, Long> ends(
            Collection<TopicPartition> partitions, long timestamp, Duration timeout) {
        return alone(() -> {
            Map<TopicPartition, Long> wanted = new HashMap<>();
            partitions.forEach(each -> wanted.put(each, timestamp));
            Map<TopicPartition, Long> result = new HashMap<>();
            onLoop(timeout, ms -> resolver.offsets().find(wanted, ms))
                    .forEach((partition, found) -> result.put(partition, found.offset()));
            return result;
        });
    }

    @Override
    public Map<MetricName, ? extends Metric> metrics() {
        return Map.of();
    }

    @Override
    public List<PartitionInfo> partitionsFor(String topic) {
        return partitionsFor(topic, apiTimeout());
    }

    @Override
    public List<PartitionInfo> partitionsFor(String topic, Duration timeout) {
        return alone(() -> {
            ClusterView.TopicView found =
                    onLoop(timeout, ms -> client.metadata().topic(topic, ms));
            return infos(client.view(), found);
        });
    }

    private static List<PartitionInfo> infos(ClusterView view, ClusterView.TopicView topic) {
        return topic.partitions().stream()
                .map(each -> view.partitionOf(topic, each))
                .toList();
    }

    @Override
    public Map<String, List<PartitionInfo>> listTopics() {
        return listTopics(apiTimeout());
    }

    @Override
    public Map<String, List<PartitionInfo>> listTopics(Duration timeout) {
        return alone(() -> {
            ClusterView all = onLoop(timeout, ms -> client.metadata().everything());
            Map<String, List<PartitionInfo>> topics = new HashMap<>();
            all.topics().forEach(each -> topics.put(each.name(), infos(all, each)));
            return topics;
        });
    }

    // ---- the group, and the end

    @Override
    public ConsumerGroupMetadata groupMetadata() {
        return alone(() -> {
            if (settings.groupId() == null) {
                throw new InvalidGroupIdException("group.id is not set");
            }
            return member();
        });
    }

    @Override
    public void enforceRebalance() {
        enforceRebalance("the program asked for it");
    }

    @Override
    public void enforceRebalance(String reason) {
        alone(() -> {
            Membership mine = membership;
            if (mine == null) {
                throw new IllegalStateException("The consumer is not in a group");
            }
            client.loop().execute(() -> mine.rejoin(reason));
        });
    }

    @Override
    public void close() {
        close(Duration.ofMillis(CLOSE_MS));
    }

    @Override
    public void close(Duration timeout) {
        close(CloseOptions.timeout(timeout));
    }

    @Override
    public void close(CloseOptions options) {
        Thread me = Thread.currentThread();
        if (user.get() != me && !user.compareAndSet(null, me)) {
            throw new ConcurrentModificationException("A consumer serves one thread at a time");
        }
        try {
            if (!isClosed) {
                closeNow(options, options.timeout().orElse(Duration.ofMillis(CLOSE_MS)));
            }
        } finally {
            isClosed = true;
            if (depth == 0) {
                user.set(null);
            }
        }
    }

    private void closeNow(CloseOptions options, Duration timeout) {
        boolean tell = switch (options.groupMembershipOperation()) {
            case LEAVE_GROUP -> true;
            case REMAIN_IN_GROUP -> false;
            case DEFAULT -> settings.groupInstanceId() == null || settings.isConsumerProtocol();
        };
        RuntimeException failure = null;
        try {
            if (subscribed != null) {
                leave(tell, timeout);
            } else if (settings.autoCommit() && !reading.isEmpty() && commits != null) {
                beforeRevoke(reading.assignment());
            }
            CompletableFuture<Void> sent =
                    CompletableFuture.allOf(pendingCommits.toArray(CompletableFuture<?>[]::new));
            inbox.awaitDone(sent, System.nanoTime() + bounded(timeout), false);
            inbox.run();
        } catch (RuntimeException e) {
            failure = e;
        }
        CompletableFuture<Void> ended = client.call(() -> {
                    client.close();
                    return CompletableFuture.<Void>completedFuture(null);
                })
                .thenCompose(nothing -> network.close());
        Blocking.await(ended.handle((value, reason) -> true), CLOSE_NETWORK_MS);
        reading.close();
        keyDeserializer.close();
        valueDeserializer.close();
        interceptors.forEach(ConsumerInterceptor::close);
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public void wakeup() {
        inbox.wakeUp();
    }
}
