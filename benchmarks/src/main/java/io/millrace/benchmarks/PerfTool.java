package io.millrace.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Kafka's own load generators, unmodified, and ours, in processes of their own.
record PerfTool(Children children, KafkaPeer kafka) {
    /// Batches that are filled before they are sent.
    static final List<String> LARGE = List.of("batch.size=262144", "linger.ms=20");

    private static final double MEGABYTE = 1024 * 1024;
    private static final Pattern SENT =
            Pattern.compile("(\\d+) records sent, ([\\d.]+) records/sec \\(([\\d.]+) MB/sec\\)");
    private static final Pattern OWN_RATE = Pattern.compile("\"records/s\"\\s*:\\s*\"?(\\d+)");

    /// How fast a producer was.
    record Rate(double recordsASecond, double megabytesASecond) {}

    /// What to produce as fast as it goes.
    record Load(String topic, long records, int recordBytes, List<String> properties) {
        Load {
            properties = List.copyOf(properties);
        }
    }

    Rate produce(String address, Load load) throws IOException, InterruptedException {
        var command = kafka.java(List.of("-Xmx512m"));
        command.add("org.apache.kafka.tools.ProducerPerformance");
        command.addAll(List.of("--topic", load.topic()));
        command.addAll(List.of("--num-records", Long.toString(load.records())));
        command.addAll(List.of("--record-size", Integer.toString(load.recordBytes())));
        command.addAll(List.of("--throughput", "-1"));
        command.add("--command-property");
        command.add("bootstrap.servers=" + address);
        command.addAll(load.properties());
        String output = children.output(new ProcessBuilder(command));
        var matcher = SENT.matcher(output);
        Rate last = new Rate(0, 0);
        long sent = 0;
        while (matcher.find()) {
            sent = Long.parseLong(matcher.group(1));
            last = new Rate(
                    Double.parseDouble(matcher.group(2)), Double.parseDouble(matcher.group(3)));
        }
        if (sent != load.records()) {
            throw new IOException("not all of " + load + " was sent:\n" + output);
        }
        return last;
    }

    /// Reads `records` from the beginning; megabytes a second of its fetch time.
    double consume(String address, String topic, long records)
            throws IOException, InterruptedException {
        return consume(List.of(), address, topic, records);
    }

    /// The same, by a process that gives way to all others.
    double consumePolitely(String address, String topic, long records)
            throws IOException, InterruptedException {
        return consume(List.of("nice", "-n", "19"), address, topic, records);
    }

    private double consume(List<String> prefix, String address, String topic, long records)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(prefix);
        command.addAll(kafka.java(List.of("-Xmx512m")));
        command.add("org.apache.kafka.tools.ConsumerPerformance");
        command.addAll(List.of("--bootstrap-server", address, "--topic", topic));
        command.addAll(List.of("--num-records", Long.toString(records), "--timeout", "60000"));
        String output = children.output(new ProcessBuilder(command));
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

    /// `millrace perf produce`, in the unit of Kafka's tool.
    double produceWithOurs(String address, MillracePeer millrace, Load load)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(millrace.launcher().toString(), "perf", "produce");
        builder.command().add(load.topic());
        builder.command().addAll(List.of("--records", Long.toString(load.records())));
        builder.command().addAll(List.of("--size", Integer.toString(load.recordBytes())));
        builder.command().addAll(List.of("--json", "--bootstrap", address));
        String output = children.output(builder);
        var matcher = OWN_RATE.matcher(output);
        if (!matcher.find()) {
            throw new IOException("millrace perf produce reported nothing:\n" + output);
        }
        return Double.parseDouble(matcher.group(1)) * load.recordBytes() / MEGABYTE;
    }
}
