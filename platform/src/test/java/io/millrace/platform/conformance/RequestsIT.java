package io.millrace.platform.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.millrace.protocol.ApiVersionsRequest;
import io.millrace.protocol.CreateTopicsRequest;
import io.millrace.protocol.CreateTopicsRequest.CreatableTopic;
import io.millrace.protocol.CreateTopicsRequest.CreatableTopicConfig;
import io.millrace.protocol.CreateTopicsResponse;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.FindCoordinatorRequest;
import io.millrace.protocol.FindCoordinatorResponse;
import io.millrace.protocol.HeartbeatRequest;
import io.millrace.protocol.HeartbeatResponse;
import io.millrace.protocol.InitProducerIdRequest;
import io.millrace.protocol.InitProducerIdResponse;
import io.millrace.protocol.Response;
import io.millrace.protocol.Uuid;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What is answered to requests that are wrong in one way or in two: which error, and which of two
/// comes first. The answers in `requests.txt` are Kafka's own; `-Drewrite` with
/// `-Dconformance.backend=kafka` writes them down again. Where ours differ stands in
/// `differences.txt`, which `-Drewrite` alone writes.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RequestsIT {
    private static final String EXPECTED = "requests.txt";
    private static final String DIFFERENCES = "differences.txt";
    private static final String STUMBLE = ErrorCode.UNKNOWN_SERVER_ERROR.name();

    private final Map<String, String> answers = new LinkedHashMap<>();
    private Backend backend;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException, InterruptedException {
        backend = Backend.start(folder, Map.of("group.initial.rebalance.delay.ms", "0"));
        RequestCases cases = new RequestCases();
        RequestCases.Names names = new RequestCases.Names(createTopics());
        awaitGroups();
        ClusterRequests.addAll(cases, names);
        RecordRequests.addAll(cases, names);
        GroupRequests.addAll(cases, names);
        for (Map.Entry<String, RequestCases.Case> each : cases.all().entrySet()) {
            answers.put(each.getKey(), ask(each.getValue()));
        }
        if (System.getProperty("rewrite") != null) {
            write();
        }
    }

    @AfterAll
    void stop() throws IOException {
        backend.close();
    }

    @TestFactory
    List<DynamicTest> answersAreKafkas() throws IOException {
        Map<String, String> expected = read(EXPECTED);
        if (!Backend.isKafka()) {
            expected.putAll(read(DIFFERENCES));
        }
        List<DynamicTest> tests = new ArrayList<>();
        answers.forEach((name, answer) ->
                tests.add(DynamicTest.dynamicTest(name, () -> check(expected.get(name), answer))));
        return tests;
    }

    /// Where Kafka stumbles over a request, another answer is as good as long as it is one.
    private static void check(@Nullable String expected, String answer) {
        if (expected == null || !stumbles(expected) || stumbles(answer)) {
            assertEquals(expected, answer);
        }
    }

    private static boolean stumbles(String answer) {
        return answer.equals("silence") || answer.contains(STUMBLE);
    }

    private String ask(RequestCases.Case request) throws IOException {
        try (RawClient client = new RawClient(backend.bootstrap())) {
            client.timeoutMs(10_000);
            Response response = client.ask(request.request(), request.version());
            return response == null ? "closed" : Rendering.of(response);
        } catch (SocketTimeoutException e) {
            return "silence";
        }
    }

    private Uuid createTopics() throws IOException {
        List<CreatableTopic> topics = List.of(
                topic("one"),
                topic("empty").withNumPartitions(2),
                configured(topic("compacted"), "cleanup.policy", "compact"),
                configured(topic("tiny"), "max.message.bytes", "1000"));
        try (RawClient client = new RawClient(backend.bootstrap())) {
            client.timeoutMs(60_000);
            assertNotNull(client.ask(new ApiVersionsRequest("raw", "1"), 3));
            CreateTopicsResponse created = (CreateTopicsResponse)
                    answered(client.ask(new CreateTopicsRequest(topics, 30_000, false), 7));
            created.topics().forEach(topic -> assertEquals(ErrorCode.NONE, topic.errorCode()));
            return created.topics().stream()
                    .filter(topic -> topic.name().equals("one"))
                    .findFirst()
                    .orElseThrow()
                    .topicId();
        }
    }

    /// The topic of groups and offsets is made when it is first asked for.
    private void awaitGroups() throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!groupsAreReady()) {
            if (System.nanoTime() > deadline) {
                throw new IOException("groups are not served");
            }
        }
    }

    private boolean groupsAreReady() throws IOException {
        try (RawClient client = new RawClient(backend.bootstrap())) {
            FindCoordinatorResponse found = (FindCoordinatorResponse)
                    answered(client.ask(new FindCoordinatorRequest("g", (byte) 0, List.of()), 3));
            if (found.errorCode() != ErrorCode.NONE) {
                return false;
            }
            for (String group : List.of("g", "j", "static", "simple", "modern", "absent")) {
                HeartbeatResponse beat = (HeartbeatResponse)
                        answered(client.ask(new HeartbeatRequest(group, 1, "m", null), 4));
                if (beat.errorCode() != ErrorCode.UNKNOWN_MEMBER_ID) {
                    return false;
                }
            }
            InitProducerIdResponse producer = (InitProducerIdResponse) answered(
                    client.ask(InitProducerIdRequest.DEFAULT.withTransactionalId(null), 4));
            return producer.errorCode() == ErrorCode.NONE;
        }
    }

    private static Response answered(@Nullable Response response) {
        if (response == null) {
            throw new AssertionError("the connection was closed");
        }
        return response;
    }

    private static CreatableTopic topic(String name) {
        return CreatableTopic.DEFAULT
                .withName(name)
                .withNumPartitions(1)
                .withReplicationFactor((short) 1);
    }

    private static CreatableTopic configured(CreatableTopic topic, String key, String value) {
        return topic.withConfigs(List.of(new CreatableTopicConfig(key, value)));
    }

    private static Map<String, String> read(String file) throws IOException {
        Map<String, String> expected = new LinkedHashMap<>();
        try (InputStream in = RequestsIT.class.getResourceAsStream(file)) {
            String text = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
            text.lines().forEach(line -> {
                int arrow = line.indexOf(" -> ");
                expected.put(line.substring(0, arrow), line.substring(arrow + 4));
            });
        }
        return expected;
    }

    private void write() throws IOException {
        Map<String, String> kafkas = read(EXPECTED);
        List<String> lines = new ArrayList<>();
        answers.forEach((name, answer) -> {
            String other = kafkas.getOrDefault(name, "");
            boolean isEnough = answer.equals(other) || stumbles(other) && !stumbles(answer);
            if (Backend.isKafka() || !isEnough) {
                lines.add(name + " -> " + answer);
            }
        });
        Path folder = Path.of("src/test/resources/io/millrace/platform/conformance");
        Files.createDirectories(folder);
        Files.write(folder.resolve(Backend.isKafka() ? EXPECTED : DIFFERENCES), lines);
    }
}
