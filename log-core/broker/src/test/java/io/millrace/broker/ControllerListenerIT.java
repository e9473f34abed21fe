package io.millrace.broker;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.broker.kafka.RawClient;
import io.millrace.protocol.Api;
import io.millrace.protocol.ApiVersionsRequest;
import io.millrace.protocol.ApiVersionsResponse;
import io.millrace.protocol.ListGroupsRequest;
import java.io.EOFException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.FeatureUpdate;
import org.apache.kafka.clients.admin.QuorumInfo;
import org.apache.kafka.clients.admin.UpdateFeaturesOptions;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.MismatchedEndpointTypeException;
import org.apache.kafka.common.protocol.ApiKeys;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What administrators do through the listener of controllers, with Kafka's own client.
@Timeout(60)
final class ControllerListenerIT {
    private static final ConfigResource NODE = new ConfigResource(ConfigResource.Type.BROKER, "1");

    @TempDir
    Path folder;

    private TestBroker broker;
    private String controller;
    private Admin admin;

    @BeforeEach
    void start() {
        broker = TestBroker.start(folder);
        ListenerAddress address = broker.broker().controllers().getFirst();
        controller = address.host() + ":" + address.port();
        admin = Admin.create(Map.of("bootstrap.controllers", controller));
    }

    @AfterEach
    void stop() {
        admin.close();
        broker.close();
    }

    @Test
    void tellsTheQuorumAndWhereItsVoterIs() throws Exception {
        QuorumInfo quorum = admin.describeMetadataQuorum().quorumInfo().get();
        assertEquals(1, quorum.leaderId());
        assertEquals(
                List.of(1),
                quorum.voters().stream().map(QuorumInfo.ReplicaState::replicaId).toList());
        assertEquals(
                "CONTROLLER " + controller,
                requireNonNull(quorum.nodes().get(1)).endpoints().stream()
                        .map(each -> each.listener() + " " + each.host() + ":" + each.port())
                        .collect(Collectors.joining()));
    }

    @Test
    void tellsTheControllersAsTheNodesOfTheCluster() throws Exception {
        Collection<Node> nodes = admin.describeCluster().nodes().get();
        assertEquals(
                List.of("1 " + controller),
                nodes.stream()
                        .map(it -> it.id() + " " + it.host() + ":" + it.port())
                        .toList());
        assertEquals(1, admin.describeCluster().controller().get().id());
    }

    @Test
    void changesConfigurationsAndFeatures() throws Exception {
        admin.incrementalAlterConfigs(Map.of(
                        NODE,
                        List.of(new AlterConfigOp(
                                new ConfigEntry("max.connections", "777"),
                                AlterConfigOp.OpType.SET))))
                .all()
                .get();
        try (Admin ofBrokers = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
            for (Admin each : List.of(admin, ofBrokers)) {
                assertEquals("777", valueOf(each, "max.connections"));
            }
        }
        admin.updateFeatures(
                        Map.of(
                                "group.version",
                                new FeatureUpdate((short) 1, FeatureUpdate.UpgradeType.UPGRADE)),
                        new UpdateFeaturesOptions().validateOnly(true))
                .all()
                .get();
        assertEquals(
                Set.of(),
                admin.listPartitionReassignments().reassignments().get().keySet());
    }

    private static @Nullable String valueOf(Admin admin, String key) throws Exception {
        Config config = admin.describeConfigs(List.of(NODE)).all().get().get(NODE);
        return requireNonNull(requireNonNull(config).get(key)).value();
    }

    @Test
    void isNotForClients() throws Exception {
        try (Admin mistaken = Admin.create(Map.of("bootstrap.controllers", broker.bootstrap()))) {
            ExecutionException failure = assertThrows(
                    ExecutionException.class,
                    () -> mistaken.describeCluster().nodes().get());
            assertInstanceOf(MismatchedEndpointTypeException.class, failure.getCause());
        }
        try (RawClient raw =
                new RawClient(broker.broker().controllers().getFirst().port())) {
            ApiVersionsResponse answer =
                    (ApiVersionsResponse) raw.call(new ApiVersionsRequest("raw", "1"), 4);
            EnumSet<Api> told = EnumSet.noneOf(Api.class);
            answer.apiKeys().forEach(each -> told.add(requireNonNull(Api.forKey(each.apiKey()))));
            assertEquals(RequestRouter.SERVED_TO_CONTROLLERS, told);
            assertEquals(Set.of(), without(told, ApiKeys.controllerApis()));
            assertThrows(EOFException.class, () -> raw.call(ListGroupsRequest.DEFAULT, 4));
        }
    }

    /// What Kafka's own controllers do not serve.
    private static Set<Api> without(Set<Api> told, EnumSet<ApiKeys> theirs) {
        EnumSet<Api> others = EnumSet.copyOf(told);
        theirs.forEach(key -> others.removeIf(api -> api.key() == key.id));
        return others;
    }

    @Test
    void aNamedListenerIsTaken() throws Exception {
        try (TestBroker named = TestBroker.start(
                folder.resolve("named"),
                "listeners",
                "PLAINTEXT://127.0.0.1:0,QUORUM://127.0.0.1:0",
                "controller.listener.names",
                "QUORUM")) {
            assertEquals(1, named.broker().listeners().size());
            ListenerAddress address = named.broker().controllers().getFirst();
            assertEquals("QUORUM", address.name());
            try (Admin other = Admin.create(
                    Map.of("bootstrap.controllers", address.host() + ":" + address.port()))) {
                assertEquals(1, other.describeCluster().nodes().get().size());
            }
        }
    }
}
