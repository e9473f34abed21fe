package io.millrace.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;

/// What Millrace tells of itself, by name; of Kafka, nothing.
record MetricsPage(Map<String, Double> values) {
    static MetricsPage of(Side side, Node node) throws IOException, InterruptedException {
        var values = new TreeMap<String, Double>();
        if (!side.isKafka()) {
            var uri = URI.create(
                    "http://127.0.0.1:" + MillracePeer.metricsPort(node.port()) + "/metrics");
            try (var client = HttpClient.newHttpClient()) {
                client.send(
                                HttpRequest.newBuilder(uri).build(),
                                HttpResponse.BodyHandlers.ofLines())
                        .body()
                        .filter(line -> !line.startsWith("#") && line.indexOf(' ') > 0)
                        .forEach(line -> values.put(
                                line.substring(0, line.lastIndexOf(' ')),
                                Double.valueOf(line.substring(line.lastIndexOf(' ') + 1))));
            }
        }
        return new MetricsPage(values);
    }

    /// By how much a counter has grown.
    double since(MetricsPage before, String name) {
        return values.getOrDefault(name, Double.NaN) - before.values.getOrDefault(name, 0.0);
    }
}
