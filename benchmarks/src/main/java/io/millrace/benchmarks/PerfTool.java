package io.millrace.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Kafka's own load generators, unmodified, in processes of their own.
final class PerfTool {
    private static final Pattern SENT = Pattern.compile(
            "(\\d+) records sent, ([\\d.]+) records/sec \\(([\\d.]+) MB/sec\\).*max latency, "
                    + "(\\d+) ms 50th, (\\d+) ms 95th, (\\d+) ms 99th, (\\d+) ms 99.9th");
    private static final Pattern END_TO_END = Pattern.compile("50th = ([\\d.]+), 99th = ([\\d.]+)");
    private final KafkaPeer kafka;

    PerfTool(KafkaPeer kafka) {
        this.kafka = kafka;
    }

    /// A run of the producer.
    record Produced(double megabytesASecond, double p50Ms, double p99Ms, double p999Ms) {}

    /// What to produce. `recordsASecond` of -1 is as fast as it goes.
    record Load(
            String topic,
            long records,
            int recordBytes,
            int recordsASecond,
            List<String> properties) {
        Load {
            properties = List.copyOf(properties);
        }
    }

    Produced produce(String address, Load load) throws IOException, InterruptedException {
        var command = kafka.command(List.of("-Xmx512m"));
        command.add("org.apache.kafka.tools.ProducerPerformance");
        command.addAll(List.of("--topic", load.topic()));
        command.addAll(List.of("--num-records", Long.toString(load.records())));
        command.addAll(List.of("--record-size", Integer.toString(load.recordBytes())));
        command.addAll(List.of("--throughput", Integer.toString(load.recordsASecond())));
        command.add("--command-property");
        command.add("bootstrap.servers=" + address);
        command.addAll(load.properties());
        String output = run(command);
        var matcher = SENT.matcher(output);
        Produced last = null;
        while (matcher.find()) {
            last = new Produced(
                    Double.parseDouble(matcher.group(3)),
                    Double.parseDouble(matcher.group(4)),
                    Double.parseDouble(matcher.group(6)),
                    Double.parseDouble(matcher.group(7)));
        }
        if (last == null) {
            throw new IOException("the producer tool reported nothing:\n" + output);
        }
        return last;
    }

    /// Reads `records` from the beginning; megabytes a second of its fetch time.
    double consume(String address, String topic, long records)
            throws IOException, InterruptedException {
        var command = kafka.command(List.of("-Xmx512m"));
        command.add("org.apache.kafka.tools.ConsumerPerformance");
        command.addAll(List.of("--bootstrap-server", address, "--topic", topic));
        command.addAll(List.of("--num-records", Long.toString(records), "--timeout", "60000"));
        String output = run(command);
        for (String line : output.lines().toList()) {
            String[] fields = line.split(", ");
            if (fields.length >= 10 && fields[0].startsWith("20")) {
                if (Long.parseLong(fields[4]) < records) {
                    throw new IOException("read " + fields[4] + " of " + records + " records");
                }
                return Double.parseDouble(fields[8]);
            }
        }
        throw new IOException("the consumer tool reported nothing:\n" + output);
    }

    /// One record at a time, from send to poll, by Kafka's tool: p50 and p99 in milliseconds.
    double[] endToEnd(String address, long records) throws IOException, InterruptedException {
        var command = kafka.command(List.of("-Xmx512m"));
        command.add("org.apache.kafka.tools.EndToEndLatency");
        command.addAll(List.of("--bootstrap-server", address, "--topic", "end-to-end"));
        command.addAll(List.of("--num-records", Long.toString(records)));
        command.addAll(List.of("--producer-acks", "all", "--record-size", "100"));
        String output = run(command);
        var matcher = END_TO_END.matcher(output);
        if (!matcher.find()) {
            throw new IOException("the latency tool reported nothing:\n" + output);
        }
        return new double[] {
            Double.parseDouble(matcher.group(1)), Double.parseDouble(matcher.group(2))
        };
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(new ArrayList<>(command))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + "\n" + output);
        }
        return output;
    }
}
