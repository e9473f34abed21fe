package io.millrace.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Runs {@link LatencyProbe}, a process of its own with Kafka's jars.
record LatencyTool(Children children, KafkaPeer kafka) {
    /// What to send, and for how long. Zero seconds are until it is told to stop.
    record Load(String topic, int recordBytes, double recordsASecond, int warm, int seconds) {}

    /// What it saw; times in microseconds.
    ///
    /// @param rate records a second that were reached
    /// @param requestBytes the mean of the producer's requests
    record Seen(
            Micros.Percentiles acknowledged,
            Micros.Percentiles arrived,
            double rate,
            int requestBytes,
            double requestsASecond) {}

    Seen measure(String address, Load load) throws IOException, InterruptedException {
        try (Running running = begin(address, load)) {
            return running.end();
        }
    }

    Running begin(String address, Load load) throws IOException {
        var command = kafka.java(List.of("-Xmx512m", "-Xms512m"));
        int at = command.indexOf("-cp") + 1;
        command.set(at, Path.of("").resolve(classes()) + ":" + command.get(at));
        command.add(LatencyProbe.class.getName());
        command.addAll(List.of(address, load.topic(), Integer.toString(load.recordBytes())));
        command.add(Double.toString(load.recordsASecond()));
        command.addAll(List.of(Integer.toString(load.warm()), Integer.toString(load.seconds())));
        return new Running(
                children.start(new ProcessBuilder(command).redirectErrorStream(true)), load);
    }

    /// Where this program's own classes lie: the first of its class path.
    static String classes() {
        return System.getProperty("java.class.path").split(":")[0];
    }

    /// A probe at work.
    record Running(Process process, Load load) implements Closeable {
        /// Tells it to stop when it runs until told, waits, and reads what it saw.
        Seen end() throws IOException, InterruptedException {
            if (load.seconds() == 0) {
                process.getOutputStream().close();
            }
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            process.waitFor();
            String line = output.lines()
                    .filter(each -> each.startsWith("latency "))
                    .findFirst()
                    .orElseThrow(() -> new IOException("the probe reported nothing:\n" + output));
            String[] fields = line.split(" ");
            if (!fields[10].equals("0")) {
                throw new IOException(fields[10] + " records were lost or refused:\n" + output);
            }
            return new Seen(
                    Micros.Percentiles.read(fields, 1),
                    Micros.Percentiles.read(fields, 4),
                    Double.parseDouble(fields[7]),
                    Integer.parseInt(fields[8]),
                    Double.parseDouble(fields[9]));
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
