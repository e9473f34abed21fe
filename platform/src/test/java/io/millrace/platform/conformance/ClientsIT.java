package io.millrace.platform.conformance;

import io.millrace.platform.conformance.client.AdminScenarios;
import io.millrace.platform.conformance.client.ConsumerScenarios;
import io.millrace.platform.conformance.client.GroupScenarios;
import io.millrace.platform.conformance.client.ProducerScenarios;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Kafka's own clients, unmodified, of three releases.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ClientsIT {
    private Backend backend;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException, InterruptedException {
        backend = Backend.start(folder, Map.of("group.initial.rebalance.delay.ms", "0"));
    }

    @AfterAll
    void stop() throws IOException {
        backend.close();
    }

    @TestFactory
    List<DynamicTest> producers() {
        return ClientVersion.tests(ProducerScenarios.class, backend);
    }

    @TestFactory
    List<DynamicTest> consumers() {
        return ClientVersion.tests(ConsumerScenarios.class, backend);
    }

    @TestFactory
    List<DynamicTest> groups() {
        return ClientVersion.tests(GroupScenarios.class, backend);
    }

    @TestFactory
    List<DynamicTest> administrators() {
        return ClientVersion.tests(AdminScenarios.class, backend);
    }
}
