package io.millrace.platform.conformance;

import io.millrace.platform.conformance.client.UpkeepScenarios;
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

/// What becomes of records that are old, as a client of the present release sees it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class UpkeepIT {
    private Backend backend;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException, InterruptedException {
        backend = Backend.start(
                folder,
                Map.of(
                        "log.retention.check.interval.ms", "200",
                        "log.initial.task.delay.ms", "200"));
    }

    @AfterAll
    void stop() throws IOException {
        backend.close();
    }

    @TestFactory
    List<DynamicTest> upkeep() {
        return ClientVersion.V4_3.testsOf(UpkeepScenarios.class, backend);
    }
}
