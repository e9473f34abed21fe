package io.millrace.broker;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.broker.handler.LoggerLevels;
import io.millrace.broker.kafka.RawClient;
import io.millrace.broker.request.Operation;
import io.millrace.broker.request.RequestContext;
import io.millrace.broker.request.Resource;
import io.millrace.protocol.Api;
import io.millrace.protocol.CreateTopicsRequest;
import io.millrace.protocol.CreateTopicsResponse;
import io.millrace.protocol.Uuid;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/// Walks every API with a client that may do nothing. What each asks for, and what it answers, is
/// what Kafka 4.3.1 does.
final class EveryApiAsksIT {
    @TempDir
    Path folder;

    private final Set<String> asked = Collections.synchronizedSet(new TreeSet<>());
    private volatile boolean mayEverything = true;
    private Broker broker;
    private Uuid topicId;

    @BeforeEach
    void start() throws IOException {
        broker = Broker.start(
                BrokerConfig.of(Map.of(
                        "log.dirs",
                        folder.resolve("log").toString(),
                        "listeners",
                        "PLAINTEXT://127.0.0.1:0")),
                LoggerLevels.FIXED,
                this::isAllowed);
        try (RawClient client = new RawClient(broker.port())) {
            CreateTopicsResponse created = (CreateTopicsResponse) client.call(
                    new CreateTopicsRequest(
                            List.of(CreateTopicsRequest.CreatableTopic.DEFAULT
                                    .withName("t")
                                    .withNumPartitions(1)
                                    .withReplicationFactor((short) 1)),
                            60_000,
                            false),
                    7);
            topicId = created.topics().getFirst().topicId();
        }
        asked.clear();
        mayEverything = false;
    }

    private boolean isAllowed(RequestContext context, Operation operation, Resource resource) {
        asked.add(operation + " " + resource.kind()
                + (resource.kind() == Resource.Kind.CLUSTER ? "" : " " + resource.name()));
        return mayEverything;
    }

    @AfterEach
    void stop() {
        broker.stop();
    }

    @Test
    void nobodyGetsWhatIsDeniedHim() throws IOException {
        List<DeniedRequest> rows = new ArrayList<>(DeniedRecordRequests.all(topicId));
        rows.addAll(DeniedGroupRequests.all(topicId));
        rows.addAll(DeniedAdminRequests.all(topicId));
        List<Executable> checks = new ArrayList<>();
        EnumMap<Api, Integer> seen = new EnumMap<>(Api.class);
        try (RawClient client = new RawClient(broker.port())) {
            for (DeniedRequest row : rows) {
                seen.merge(row.request().api(), 1, Integer::sum);
                asked.clear();
                Map<Errors, Integer> errors = errors(client, row);
                List<String> questions = List.copyOf(asked);
                checks.add(() -> assertEquals(
                        row.api() + "\n" + row.asks() + "\n" + row.errors(),
                        row.api() + "\n" + String.join(", ", questions) + "\n" + errors));
            }
        }
        EnumSet<Api> missing = EnumSet.copyOf(RequestRouter.SERVED);
        missing.removeAll(seen.keySet());
        checks.add(() -> assertEquals(Set.of(), missing));
        assertAll(checks);
    }

    /// The errors in the answer, as Kafka's own client counts them.
    private static Map<Errors, Integer> errors(RawClient client, DeniedRequest row)
            throws IOException {
        ApiKeys key = ApiKeys.forId(row.request().api().key());
        short version = row.version();
        ByteBuffer answer = client.answer(row.request(), version);
        AbstractResponse response =
                AbstractResponse.parseResponse(key, new ByteBufferAccessor(answer), version);
        return new TreeMap<>(response.errorCounts());
    }
}
