package io.millrace.platform.cli;

import io.millrace.clients.producer.KafkaProducer;
import io.millrace.clients.producer.Producer;
import io.millrace.clients.producer.ProducerRecord;
import io.millrace.common.serialization.ByteArraySerializer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `millrace produce`: a record a line.
@Command(name = "produce", description = "Write records to a topic, one a line of the input.")
final class ProduceCommand implements Callable<Integer> {
    @Mixin
    final ClusterOptions cluster = new ClusterOptions();

    @Parameters(paramLabel = "TOPIC")
    String topic = "";

    @Option(
            names = {"-K", "--key-delimiter"},
            description = "What stands between key and value.")
    @Nullable
    String delimiter;

    @Option(
            names = {"-k", "--key"},
            description = "The key of every record.")
    @Nullable
    String key;

    @Option(
            names = {"-H", "--header"},
            paramLabel = "key=value",
            description = "A header of every record.")
    List<String> headers = List.of();

    @Option(
            names = {"-p", "--partition"},
            description = "The partition (default: chosen by key).")
    @Nullable
    Integer partition;

    @Option(
            names = {"-T", "--timestamp"},
            description = "The timestamp in milliseconds (default: now).")
    @Nullable
    Long timestampMs;

    @Option(
            names = {"-z", "--compression"},
            description = "none, gzip, snappy, lz4 or zstd.")
    @Nullable
    String compression;

    @Option(
            names = {"-a", "--acks"},
            description = "all, 1 or 0 (default: all).")
    @Nullable
    String acks;

    @Option(
            names = {"-f", "--file"},
            description = "Read this file in place of the input.")
    @Nullable
    Path file;

    @Option(
            names = {"-Z", "--null"},
            description = "An empty value is null (a tombstone).")
    boolean emptyIsNull;

    /// Why the first failed record failed.
    private final AtomicReference<@Nullable String> failure = new AtomicReference<>();

    @Override
    public Integer call() throws IOException {
        var json = new RecordJson();
        var defaults = new RecordJson.RecordDefaults(
                topic, partition, timestampMs, key, ClusterOptions.pairs(headers));
        var progress = new Progress("records", 0);
        long number = 0;
        try (var lines = open();
                Producer<byte[], byte[]> producer = new KafkaProducer<>(
                        settings(), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (failure.get() != null) {
                    break;
                }
                number++;
                send(producer, parsed(line, number, json, defaults));
                progress.at(number);
            }
            producer.flush();
        }
        progress.end();
        String failed = failure.get();
        if (failed != null) {
            throw new Failure(failed);
        }
        return 0;
    }

    /// The number of the line stands in front of what is wrong with it.
    private ProducerRecord<byte[], byte[]> parsed(
            String line, long number, RecordJson json, RecordJson.RecordDefaults defaults) {
        try {
            return cluster.json ? json.parse(line, defaults) : record(line, defaults);
        } catch (Failure | IllegalArgumentException wrong) {
            throw new Failure("line " + number + ": " + wrong.getMessage());
        }
    }

    private void send(Producer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record) {
        producer.send(record, (_, error) -> {
            if (error != null) {
                failure.compareAndSet(null, ClusterOptions.describe(error));
            }
        });
    }

    private ProducerRecord<byte[], byte[]> record(String line, RecordJson.RecordDefaults defaults) {
        byte[] keyBytes = defaults.keyBytes();
        String value = line;
        String separator = delimiter;
        if (separator != null) {
            int at = line.indexOf(separator);
            if (at < 0) {
                throw new Failure(
                        "no key delimiter '" + separator + "' in: " + RecordJson.abbreviate(line));
            }
            keyBytes = line.substring(0, at).getBytes(StandardCharsets.UTF_8);
            value = line.substring(at + separator.length());
        }
        byte[] valueBytes =
                emptyIsNull && value.isEmpty() ? null : value.getBytes(StandardCharsets.UTF_8);
        var record = new ProducerRecord<>(topic, partition, timestampMs, keyBytes, valueBytes);
        defaults.addHeaders(record);
        return record;
    }

    private Properties settings() {
        Properties settings = cluster.client();
        settings.putIfAbsent("linger.ms", "5");
        if (compression != null) {
            settings.put("compression.type", compression);
        }
        if (acks != null) {
            settings.put("acks", acks);
            settings.putIfAbsent("enable.idempotence", Boolean.toString("all".equals(acks)));
        }
        return settings;
    }

    private BufferedReader open() {
        Path given = file;
        try {
            InputStream in = given == null ? System.in : Files.newInputStream(given);
            return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new Failure("cannot read " + given + ": give a readable file");
        }
    }
}
