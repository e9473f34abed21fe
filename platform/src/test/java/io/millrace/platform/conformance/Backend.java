package io.millrace.platform.conformance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/// A broker under test: ours, or the one that says what is right.
public interface Backend extends AutoCloseable {
    /// Starts the broker that the tests run against, with these settings on top of its own.
    static Backend start(Path folder, Map<String, String> settings)
            throws IOException, InterruptedException {
        return isKafka()
                ? KafkaBackend.start(folder, settings)
                : MillraceBackend.start(folder, settings);
    }

    /// Whether the expectations are being proven, and not our broker.
    static boolean isKafka() {
        return System.getProperty("conformance.backend", "millrace").equals("kafka");
    }

    /// HOST:PORT.
    String bootstrap();

    /// Where the partitions' folders are.
    Path logDirectory();

    @Override
    void close() throws IOException;
}
