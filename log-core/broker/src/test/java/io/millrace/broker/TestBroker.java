package io.millrace.broker;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// A broker on a free port, in a folder of the test.
public final class TestBroker implements AutoCloseable {
    private final Broker broker;

    private TestBroker(Broker broker) {
        this.broker = broker;
    }

    public static TestBroker start(Path folder, String... settings) {
        Map<String, String> values = new HashMap<>();
        values.put("log.dirs", folder.resolve("log").toString());
        values.put("listeners", "PLAINTEXT://127.0.0.1:0");
        values.put("millrace.event.loops", "2");
        for (int i = 0; i < settings.length; i += 2) {
            values.put(settings[i], settings[i + 1]);
        }
        return new TestBroker(Broker.start(BrokerConfig.of(values)));
    }

    public Broker broker() {
        return broker;
    }

    public int port() {
        return broker.port();
    }

    public String bootstrap() {
        return "127.0.0.1:" + broker.port();
    }

    @Override
    public void close() {
        broker.stop();
    }
}
