package io.millrace.broker.ours;

import io.millrace.broker.TestBroker;
import io.millrace.broker.kafka.KafkaProcess;
import io.millrace.clients.network.ClientNetwork;
import io.millrace.clients.network.LocalNetwork;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Who our clients talk to: our broker, or Kafka itself.
record Peer(@Nullable TestBroker ours, @Nullable KafkaProcess kafka, String bootstrap)
        implements AutoCloseable {
    private static final String CLUSTER_ID = "4L6g3nShT-eMCtK--X86sw";

    static Peer millrace(Path folder, String... settings) {
        TestBroker broker = TestBroker.start(folder, settings);
        return new Peer(broker, null, broker.bootstrap());
    }

    static Peer kafka(Path folder) throws Exception {
        Map<String, String> settings =
                KafkaProcess.settings(Files.createDirectories(folder.resolve("data")));
        KafkaProcess.format(folder, settings, CLUSTER_ID);
        KafkaProcess kafka = KafkaProcess.start(folder, settings);
        return new Peer(null, kafka, "localhost:" + kafka.port());
    }

    /// Null for sockets, which are the only way to Kafka.
    @Nullable
    ClientNetwork network(boolean isLocal) {
        return isLocal && ours != null ? new LocalNetwork(ours.broker()::connect) : null;
    }

    @Override
    public void close() {
        if (ours != null) {
            ours.close();
        }
        if (kafka != null) {
            kafka.close();
        }
    }
}
