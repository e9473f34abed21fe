package io.millrace.clients.consumer;

import io.millrace.clients.network.Blocking;
import io.millrace.clients.network.ClientNetwork;
import io.millrace.clients.network.ClientProperties;
import io.millrace.clients.network.ClusterClient;
import io.millrace.clients.network.ConnectionSettings;
import io.millrace.clients.network.SocketNetwork;
import io.millrace.common.config.ConfigException;
import io.millrace.common.serialization.Deserializer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Makes the parts of a consumer from its settings, knows how they hang together, and takes them
/// down in order.
final class ConsumerParts<K, V> {
    private static final long CLOSE_NETWORK_MS = 5_000;

    private final ClientNetwork network;
    private final ClusterClient client;
    private final Deserializer<K> keyDeserializer;
    private final Deserializer<V> valueDeserializer;
    private final Interception<K, V> interception;
    final Inbox inbox = new Inbox();
    final Waiting waiting;
    final Reading<K, V> reading;
    final Committing committing;
    final Subscribing subscribing;
    final Polling<K, V> polling;
    final Seeking seeking;
    final ClusterQuestions questions;

    /// The loop, what it has to say to the thread that polls, and how that one waits for it.
    record Threads(ClusterClient client, Inbox inbox, Waiting waiting) {}

    ConsumerParts(
            Map<String, Object> configs,
            @Nullable Deserializer<K> key,
            @Nullable Deserializer<V> value,
            @Nullable ClientNetwork givenNetwork) {
        ClientProperties properties =
                new ClientProperties(configs, ConnectionSettings.class, ConsumerSettings.class);
        ConsumerSettings settings = properties.get(ConsumerSettings.class);
        keyDeserializer = deserializer(properties, key, true);
        valueDeserializer = deserializer(properties, value, false);
        interception = new Interception<>(properties);
        ConnectionSettings connection = properties.get(ConnectionSettings.class);
        network = givenNetwork != null
                ? givenNetwork
                : new SocketNetwork(connection.connectionsMaxIdleMs());
        client = new ClusterClient(network, connection);
        client.metadata().allowCreation(settings.autoCreateTopics());
        waiting = new Waiting(client, inbox, settings.defaultApiTimeoutMs());
        reading = new Reading<>(client, settings, chunkParts(settings), inbox);
        Threads threads = new Threads(client, inbox, waiting);
        String groupId = settings.groupId();
        Commits commits = groupId == null ? null : new Commits(client, groupId, this::member);
        committing = new Committing(settings, threads, reading, interception, commits);
        Rebalancing rebalancing = new Rebalancing(client, reading, inbox, committing::beforeRevoke);
        Membership membership = groupId == null || groupId.isEmpty()
                ? null
                : Memberships.create(client, settings, properties, rebalancing);
        subscribing = new Subscribing(settings, threads, reading, rebalancing, membership);
        Resolver resolver = new Resolver(client, settings, reading, inbox, commits);
        polling = new Polling<>(inbox, reading, resolver, committing, interception);
        seeking = new Seeking(inbox, reading, resolver);
        questions = new ClusterQuestions(client, waiting, resolver.offsets());
    }

    private ChunkReader.Parts<K, V> chunkParts(ConsumerSettings settings) {
        return new ChunkReader.Parts<>(
                keyDeserializer,
                valueDeserializer,
                settings.isolationLevel(),
                settings.checkCrcs());
    }

    private ConsumerGroupMetadata member() {
        return subscribing.member();
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

    /// Leaves the group, then closes everything, also when the program's listener fails.
    void close(CloseOptions options, Duration timeout) {
        try {
            subscribing.close(
                    options, timeout, () -> committing.beforeRevoke(reading.assignment()));
            committing.close(timeout);
        } finally {
            CompletableFuture<Void> ended = client.call(() -> {
                        client.close();
                        return CompletableFuture.<Void>completedFuture(null);
                    })
                    .thenCompose(nothing -> network.close());
            Blocking.await(ended.handle((nothing, reason) -> true), CLOSE_NETWORK_MS);
            reading.close();
            keyDeserializer.close();
            valueDeserializer.close();
            interception.close();
        }
    }
}
