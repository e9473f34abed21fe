package io.millrace.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.broker.TestBroker;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A node under Kafka's clients, asked how it does.
@Timeout(120)
final class MetricsIT {
    @TempDir
    Path folder;

    private TestBroker broker;

    @BeforeEach
    void start() {
        broker = TestBroker.start(
                folder, "metrics.listen", "127.0.0.1:0", "group.initial.rebalance.delay.ms", "0");
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    @Test
    void whatIsServedIsWhatIsDocumented() throws Exception {
        ParsedPage page = ParsedPage.of(get("/metrics", "").body(), false);
        assertEquals(
                Arrays.stream(Family.values())
                        .map(Family::shownName)
                        .collect(Collectors.toCollection(LinkedHashSet::new)),
                new LinkedHashSet<>(page.families()));
        HttpResponse<String> open = get("/metrics", "application/openmetrics-text;version=1.0.0");
        assertTrue(open.headers()
                .firstValue("content-type")
                .orElse("")
                .startsWith("application/openmetrics-text; version=1.0.0"));
        assertEquals(
                Arrays.stream(Family.values()).map(Family::title).collect(Collectors.toSet()),
                ParsedPage.of(open.body(), true).families());
        assertEquals(200, get("/health", "").statusCode());
        assertEquals("ready\n", get("/ready", "").body());
    }

    @Test
    void trafficIsCounted() throws Exception {
        create("metered", 2);
        produce("metered", 2, 100);
        consumeAndCommit("metered", 60);
        ParsedPage page = ParsedPage.of(get("/metrics", "").body(), false);
        assertEquals(100, page.value("millrace_topic_received_records_total{topic=\"metered\"}"));
        double in = page.value("millrace_topic_received_bytes_total{topic=\"metered\"}");
        double out = page.value("millrace_topic_sent_bytes_total{topic=\"metered\"}");
        assertTrue(in > 100 * 10, "received " + in);
        assertTrue(out > 0 && out <= in, "received " + in + ", sent " + out);
        assertEquals(50, page.value(partition("millrace_partition_end_offset", "metered", 1)));
        assertEquals(50, page.value(partition("millrace_partition_flushed_offset", "metered", 1)));
        assertEquals(0, page.value(partition("millrace_partition_start_offset", "metered", 1)));
        double size = page.value(partition("millrace_partition_size_bytes", "metered", 0))
                + page.value(partition("millrace_partition_size_bytes", "metered", 1));
        assertEquals(in, size, "what was received is what lies there");
        assertTrue(page.value("millrace_request_duration_seconds_count{api=\"Produce\"}") >= 1);
        assertTrue(page.value("millrace_request_bytes_total{api=\"Produce\"}") > in);
        assertTrue(page.value("millrace_response_bytes_total{api=\"Fetch\"}") > out);
        assertTrue(page.value("millrace_log_sync_seconds_count") >= 1);
        assertTrue(page.value("millrace_connections_accepted_total") >= 2);
        assertEquals(0, page.value("millrace_connections_refused_total"));
        assertEquals(0, page.value("millrace_waiting_produces"));
        assertEquals(0, page.value("millrace_offline_log_directories"));
    }

    @Test
    void changesOfTheClusterAreSyncsToo() throws Exception {
        create("changed", 1);
        double before = syncs();
        try (Admin admin = admin()) {
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, "changed"),
                            List.of(new AlterConfigOp(
                                    new ConfigEntry("retention.ms", "1234567"),
                                    AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        }
        assertTrue(syncs() > before);
    }

    private double syncs() throws Exception {
        return ParsedPage.of(get("/metrics", "").body(), false)
                .value("millrace_log_sync_seconds_count");
    }

    @Test
    void lagIsWhatAGroupHasNotCommitted() throws Exception {
        create("lagging", 1);
        produce("lagging", 1, 100);
        consumeAndCommit("lagging", 40);
        ParsedPage page = ParsedPage.of(get("/metrics", "").body(), false);
        String labels = "{group=\"meter\",topic=\"lagging\",partition=\"0\"}";
        assertEquals(40, page.value("millrace_group_committed_offset" + labels));
        assertEquals(60, page.value("millrace_group_lag_records" + labels));
        assertEquals(1, page.value("millrace_groups{state=\"Empty\"}"));
    }

    @Test
    void errorsAreCountedByTheirNames() throws Exception {
        try (Admin admin = admin()) {
            create("once", 1);
            Future<Void> twice = admin.createTopics(List.of(new NewTopic("once", 1, (short) 1)))
                    .all();
            org.junit.jupiter.api.Assertions.assertThrows(ExecutionException.class, twice::get);
        }
        ParsedPage page = ParsedPage.of(get("/metrics", "").body(), false);
        assertEquals(
                1,
                page.value("millrace_request_errors_total{api=\"CreateTopics\","
                        + "error=\"TOPIC_ALREADY_EXISTS\"}"));
    }

    @Test
    void manyPartitionsAreTold() throws Exception {
        create("wide", 3000);
        ParsedPage page = ParsedPage.of(get("/metrics", "").body(), false);
        assertEquals(3000, page.value("millrace_partitions"));
        assertTrue(page.has(partition("millrace_partition_end_offset", "wide", 2999)));
    }

    private static String partition(String name, String topic, int partition) {
        return name + "{topic=\"" + topic + "\",partition=\"" + partition + "\"}";
    }

    private void create(String topic, int partitions) throws Exception {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
                    .all()
                    .get();
        }
    }

    private void produce(String topic, int partitions, int count) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrap()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int i = 0; i < count; i++) {
                producer.send(new ProducerRecord<>(topic, i % partitions, null, new byte[10]));
            }
        }
    }

    private void consumeAndCommit(String topic, int count) {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", broker.bootstrap());
        properties.put("group.id", "meter");
        properties.put("auto.offset.reset", "earliest");
        properties.put("enable.auto.commit", "false");
        properties.put("max.poll.records", "20");
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(topic));
            int seen = 0;
            while (seen < count) {
                seen += consumer.poll(Duration.ofSeconds(5)).count();
            }
            consumer.commitSync();
        }
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", broker.bootstrap()));
    }

    private HttpResponse<String> get(String path, String accept) throws Exception {
        URI uri = URI.create("http://" + broker.broker().metricsAddress().orElseThrow() + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        if (!accept.isEmpty()) {
            request.header("Accept", accept);
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
