package io.millrace.broker;

import io.millrace.broker.coordinator.GroupCoordinators;
import io.millrace.broker.handler.AdminHandlers;
import io.millrace.broker.handler.AlterReplicaLogDirsHandler;
import io.millrace.broker.handler.ApiVersionsHandler;
import io.millrace.broker.handler.DeleteRecordsHandler;
import io.millrace.broker.handler.DescribeLogDirsHandler;
import io.millrace.broker.handler.DescribeProducersHandler;
import io.millrace.broker.handler.FetchHandler;
import io.millrace.broker.handler.GroupLink;
import io.millrace.broker.handler.InitProducerIdHandler;
import io.millrace.broker.handler.ListOffsetsHandler;
import io.millrace.broker.handler.LoggerLevels;
import io.millrace.broker.handler.MetadataHandler;
import io.millrace.broker.handler.OffsetForLeaderEpochHandler;
import io.millrace.broker.handler.ProduceHandler;
import io.millrace.broker.handler.ProducerIds;
import io.millrace.broker.handler.PushTelemetryHandler.Telemetry;
import io.millrace.broker.handler.TopicCreator;
import io.millrace.broker.partition.PreferredDirectories;
import io.millrace.broker.partition.Shards;
import io.millrace.broker.request.Authorizer;
import io.millrace.broker.request.Throttle;
import java.util.Map;

/// Makes the handlers and the router to them.
final class NodeHandlers {
    private NodeHandlers() {}

    /// What the handlers work on.
    record Serving(
            Shards shards,
            PreferredDirectories preferred,
            GroupCoordinators coordinators,
            LoggerLevels loggers,
            Authorizer authorizer) {}

    /// Routers for the listeners of clients, and of controllers.
    record Routers(RequestRouter clients, RequestRouter controllers) {}

    static Routers routers(
            BrokerConfig config, NodeCluster cluster, NodeStorage storage, Serving serving) {
        Authorizer authorizer = serving.authorizer();
        TopicCreator creator = topicCreator(config.node(), cluster);
        LogHandlers data = logs(config, cluster, storage, serving, creator);
        GroupLink groups = new GroupLink(serving.coordinators(), authorizer, cluster);
        AdminHandlers admin = admin(config, cluster, authorizer, serving.loggers());
        RequestRouter.Face toClients = new RequestRouter.Face(
                RequestRouter.SERVED,
                new ApiVersionsHandler(cluster, RequestRouter.SERVED),
                admin.describeCluster());
        RequestRouter.Face toControllers = new RequestRouter.Face(
                RequestRouter.SERVED_TO_CONTROLLERS,
                new ApiVersionsHandler(cluster, RequestRouter.SERVED_TO_CONTROLLERS),
                admin.describeControllers());
        RequestRouter clients = new RequestRouter(
                data, GroupHandlers.of(groups, creator), admin, Throttle.NONE, toClients);
        return new Routers(clients, clients.withFace(toControllers));
    }

    private static LogHandlers logs(
            BrokerConfig config,
            NodeCluster cluster,
            NodeStorage storage,
            Serving serving,
            TopicCreator creator) {
        Shards shards = serving.shards();
        Authorizer authorizer = serving.authorizer();
        NodeSettings node = config.node();
        NetworkSettings network = config.network();
        Telemetry telemetry = Telemetry.of(cluster);
        return new LogHandlers(
                new MetadataHandler(cluster, authorizer, creator, node::autoCreateTopics),
                new ProduceHandler(cluster, shards, authorizer),
                new FetchHandler(
                        cluster,
                        shards,
                        authorizer,
                        network.fetchSessions(),
                        network.fetchMaxBytes()),
                new ListOffsetsHandler(cluster, shards, authorizer),
                new OffsetForLeaderEpochHandler(cluster, shards, authorizer),
                new InitProducerIdHandler(
                        new ProducerIds(shards.all().getFirst().loop(), cluster, cluster),
                        authorizer),
                new DescribeProducersHandler(cluster, shards, authorizer),
                new DeleteRecordsHandler(cluster, shards, authorizer),
                new DescribeLogDirsHandler(storage.directories(), shards, authorizer),
                new AlterReplicaLogDirsHandler(
                        storage.directories(), shards, serving.preferred(), authorizer),
                telemetry.get(),
                telemetry.push());
    }

    private static AdminHandlers admin(
            BrokerConfig config, NodeCluster cluster, Authorizer authorizer, LoggerLevels loggers) {
        return new AdminHandlers(new AdminHandlers.Parts(
                cluster,
                cluster,
                authorizer,
                config.configurations(),
                loggers,
                cluster,
                config.network().partitionsTold()));
    }

    private static TopicCreator topicCreator(NodeSettings node, NodeCluster cluster) {
        return new TopicCreator(
                cluster,
                new TopicCreator.Internal(
                        node.offsetsPartitions(),
                        node.offsetsReplicationFactor(),
                        Map.of(
                                "cleanup.policy", "compact",
                                "compression.type", "producer",
                                "segment.bytes", Integer.toString(node.offsetsSegmentBytes()))),
                new TopicCreator.Internal(
                        node.transactionPartitions(),
                        node.transactionReplicationFactor(),
                        Map.of(
                                "cleanup.policy", "compact",
                                "compression.type", "uncompressed",
                                "segment.bytes",
                                        Integer.toString(node.transactionSegmentBytes()))));
    }
}
