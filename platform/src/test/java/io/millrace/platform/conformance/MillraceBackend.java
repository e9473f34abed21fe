package io.millrace.platform.conformance;

import io.millrace.broker.Broker;
import io.millrace.broker.BrokerConfig;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/// Our broker, in this JVM.
final class MillraceBackend implements Backend {
    private final Broker broker;
    private final Path data;

    private MillraceBackend(Broker broker, Path data) {
        this.broker = broker;
        this.data = data;
    }

    static MillraceBackend start(Path folder, Map<String, String> settings) {
        Path data = folder.resolve("millrace-data");
        Map<String, String> all = new TreeMap<>();
        all.put("node.id", "1");
        all.put("listeners", "PLAINTEXT://127.0.0.1:0");
        all.put("log.dirs", data.toString());
        all.put("offsets.topic.num.partitions", "3");
        all.put("log.cleaner.backoff.ms", "200");
        all.putAll(settings);
        return new MillraceBackend(Broker.start(BrokerConfig.of(all)), data);
    }

    @Override
    public String bootstrap() {
        return "127.0.0.1:" + broker.port();
    }

    @Override
    public Path logDirectory() {
        return data;
    }

    @Override
    public void close() {
        broker.stop();
    }
}
