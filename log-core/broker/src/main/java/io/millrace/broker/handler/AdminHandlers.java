package io.millrace.broker.handler;

import io.millrace.broker.request.Authorizer;
import io.millrace.broker.request.ClusterView;
import io.millrace.broker.request.ControllerLink;
import io.millrace.broker.request.Handler;
import io.millrace.broker.request.Operation;
import io.millrace.broker.request.RequestContext;
import io.millrace.broker.request.Resource;
import io.millrace.cluster.Configurations;
import io.millrace.cluster.ControllerCommand;
import io.millrace.protocol.AlterClientQuotasRequest;
import io.millrace.protocol.AlterClientQuotasResponse;
import io.millrace.protocol.AlterPartitionReassignmentsRequest;
import io.millrace.protocol.AlterPartitionReassignmentsResponse;
import io.millrace.protocol.AlterPartitionReassignmentsResponse.ReassignableTopicResponse;
import io.millrace.protocol.CreatePartitionsRequest;
import io.millrace.protocol.CreatePartitionsResponse;
import io.millrace.protocol.CreateTopicsRequest;
import io.millrace.protocol.CreateTopicsResponse;
import io.millrace.protocol.CreateTopicsResponse.CreatableTopicResult;
import io.millrace.protocol.DeleteTopicsRequest;
import io.millrace.protocol.DeleteTopicsResponse;
import io.millrace.protocol.ElectLeadersRequest;
import io.millrace.protocol.ElectLeadersResponse;
import io.millrace.protocol.ElectLeadersResponse.ReplicaElectionResult;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.UnregisterBrokerRequest;
import io.millrace.protocol.UnregisterBrokerResponse;
import io.millrace.protocol.UpdateFeaturesRequest;
import io.millrace.protocol.UpdateFeaturesResponse;
import io.millrace.protocol.Uuid;
import java.util.ArrayList;
import java.util.List;

/// The handlers of what administrators ask. Those that only pass a request on to the controller are
/// made here; the others have classes of their own.
public final class AdminHandlers {
    private final ControllerLink controller;
    private final ClusterView cluster;
    private final Authorizer authorizer;
    private final AlterConfigsHandler alterConfigs;
    private final DescribeConfigsHandler describeConfigs;
    private final QuorumView quorum;
    private final int partitionLimit;

    /// What handlers stand on.
    ///
    /// @param partitionLimit partitions that one answer of `DescribeTopicPartitions` holds at most
    public record Parts(
            ControllerLink controller,
            ClusterView cluster,
            Authorizer authorizer,
            Configurations configurations,
            LoggerLevels loggers,
            QuorumView quorum,
            int partitionLimit) {}

    public AdminHandlers(Parts parts) {
        this.controller = parts.controller();
        this.cluster = parts.cluster();
        this.authorizer = parts.authorizer();
        this.quorum = parts.quorum();
        this.partitionLimit = parts.partitionLimit();
        this.alterConfigs =
                new AlterConfigsHandler(controller, cluster, authorizer, parts.loggers());
        this.describeConfigs = new DescribeConfigsHandler(
                cluster, parts.configurations(), parts.loggers(), authorizer);
    }

    public Handler<CreateTopicsRequest, CreateTopicsResponse> createTopics() {
        Handler<CreateTopicsRequest, CreateTopicsResponse> creation = creation();
        return (request, context) -> creation.handle(request, context)
                .thenApply(answer -> answer.withTopics(answer.topics().stream()
                        .map(topic -> shown(topic, context))
                        .toList()));
    }

    /// Who may create a topic need not be allowed to see what it is made of.
    private CreatableTopicResult shown(CreatableTopicResult topic, RequestContext context) {
        ErrorCode refusal = topic.errorCode() == ErrorCode.NONE
                ? ofTopic(topic.name(), Operation.DESCRIBE_CONFIGS, context)
                : ErrorCode.NONE;
        return refusal == ErrorCode.NONE
                ? topic
                : topic.withTopicConfigErrorCode(refusal)
                        .withNumPartitions(-1)
                        .withReplicationFactor((short) -1)
                        .withConfigs(List.of());
    }

    private Handler<CreateTopicsRequest, CreateTopicsResponse> creation() {
        return new ForwardingHandler<>(
                Guard.ofItems(
                        new Guard.Items<>(
                                CreateTopicsRequest::topics,
                                CreateTopicsRequest::withTopics,
                                (left, right) ->
                                        left.withTopics(Guard.both(left.topics(), right.topics()))),
                        (topic, context) ->
                                authorizer.isAllowed(context, Operation.CREATE, Resource.CLUSTER)
                                        ? ErrorCode.NONE
                                        : ofTopic(topic.name(), Operation.CREATE, context)),
                controller,
                CreateTopicsResponse.class,
                (request, _) -> new ControllerCommand.CreateTopics(request),
                (request, error) -> new CreateTopicsResponse(
                        0,
                        request.topics().stream()
                                .map(topic -> new CreatableTopicResult(
                                        topic.name(),
                                        Uuid.ZERO,
                                        error,
                                        null,
                                        ErrorCode.NONE,
                                        -1,
                                        (short) -1,
                                        List.of()))
                                .toList()));
    }

    /// What is to be said of an operation on a topic.
    private ErrorCode ofTopic(String name, Operation operation, RequestContext context) {
        return authorizer.isAllowed(context, operation, Resource.topic(name))
                ? ErrorCode.NONE
                : ErrorCode.TOPIC_AUTHORIZATION_FAILED;
    }

    public Handler<DeleteTopicsRequest, DeleteTopicsResponse> deleteTopics() {
        return new ForwardingHandler<>(
                new DeleteTopicsGuard(cluster, authorizer),
                controller,
                DeleteTopicsResponse.class,
                ControllerCommand.DeleteTopics::new,
                AdminHandlers::notDeleted);
    }

    private static DeleteTopicsResponse notDeleted(DeleteTopicsRequest request, ErrorCode error) {
        List<DeleteTopicsResponse.DeletableTopicResult> results = new ArrayList<>();
        request.topics()
                .forEach(topic -> results.add(new DeleteTopicsResponse.DeletableTopicResult(
                        topic.name(), topic.topicId(), error, null)));
        request.topicNames()
                .forEach(name -> results.add(new DeleteTopicsResponse.DeletableTopicResult(
                        name, Uuid.ZERO, error, null)));
        return new DeleteTopicsResponse(0, results);
    }

    public Handler<CreatePartitionsRequest, CreatePartitionsResponse> createPartitions() {
        return new ForwardingHandler<>(
                Guard.ofItems(
                        new Guard.Items<>(
                                CreatePartitionsRequest::topics,
                                CreatePartitionsRequest::withTopics,
                                (left, right) -> left.withResults(
                                        Guard.both(left.results(), right.results()))),
                        (topic, context) -> ofTopic(topic.name(), Operation.ALTER, context)),
                controller,
                CreatePartitionsResponse.class,
                (request, _) -> new ControllerCommand.CreatePartitions(request),
                (request, error) -> new CreatePartitionsResponse(
                        0,
                        request.topics().stream()
                                .map(topic ->
                                        new CreatePartitionsResponse.CreatePartitionsTopicResult(
                                                topic.name(), error, null))
                                .toList()));
    }

    public AlterConfigsHandler alterConfigs() {
        return alterConfigs;
    }

    public DescribeConfigsHandler describeConfigs() {
        return describeConfigs;
    }

    public ListConfigResourcesHandler listConfigResources() {
        return new ListConfigResourcesHandler(cluster, authorizer);
    }

    public DescribeClusterHandler describeCluster() {
        return new DescribeClusterHandler(cluster, authorizer);
    }

    public DescribeControllersHandler describeControllers() {
        return new DescribeControllersHandler(cluster, quorum, authorizer);
    }

    public DescribeTopicPartitionsHandler describeTopicPartitions() {
        return new DescribeTopicPartitionsHandler(cluster, authorizer, partitionLimit);
    }

    public DescribeQuorumHandler describeQuorum() {
        return new DescribeQuorumHandler(quorum, authorizer);
    }

    public DescribeClientQuotasHandler describeClientQuotas() {
        return new DescribeClientQuotasHandler(cluster, authorizer);
    }

    public SecurityHandlers security() {
        return new SecurityHandlers(cluster, authorizer);
    }

    public ListPartitionReassignmentsHandler listPartitionReassignments() {
        return new ListPartitionReassignmentsHandler(authorizer);
    }

    public Handler<UpdateFeaturesRequest, UpdateFeaturesResponse> updateFeatures() {
        return new ForwardingHandler<>(
                Guard.ofCluster(authorizer, Operation.ALTER),
                controller,
                UpdateFeaturesResponse.class,
                ControllerCommand.UpdateFeatures::new,
                (_, error) -> new UpdateFeaturesResponse(0, error, null, List.of()));
    }

    public Handler<AlterClientQuotasRequest, AlterClientQuotasResponse> alterClientQuotas() {
        return new ForwardingHandler<>(
                Guard.ofCluster(authorizer, Operation.ALTER_CONFIGS),
                controller,
                AlterClientQuotasResponse.class,
                (request, _) -> new ControllerCommand.AlterClientQuotas(request),
                (request, error) -> new AlterClientQuotasResponse(
                        0,
                        request.entries().stream()
                                .map(entry -> new AlterClientQuotasResponse.EntryData(
                                        error,
                                        null,
                                        entry.entity().stream()
                                                .map(part ->
                                                        new AlterClientQuotasResponse.EntityData(
                                                                part.entityType(),
                                                                part.entityName()))
                                                .toList()))
                                .toList()));
    }

    public Handler<ElectLeadersRequest, ElectLeadersResponse> electLeaders() {
        return new ForwardingHandler<>(
                Guard.ofCluster(authorizer, Operation.ALTER),
                controller,
                ElectLeadersResponse.class,
                ControllerCommand.ElectLeaders::new,
                (request, error) -> new ElectLeadersResponse(0, error, notElected(request, error)));
    }

    private static List<ReplicaElectionResult> notElected(
            ElectLeadersRequest request, ErrorCode error) {
        List<ElectLeadersRequest.TopicPartitions> topics = request.topicPartitions();
        return topics == null
                ? List.of()
                : topics.stream()
                        .map(topic -> new ReplicaElectionResult(
                                topic.topic(),
                                topic.partitions().stream()
                                        .map(partition -> new ElectLeadersResponse.PartitionResult(
                                                partition, error, error.message()))
                                        .toList()))
                        .toList();
    }

    public Handler<AlterPartitionReassignmentsRequest, AlterPartitionReassignmentsResponse>
            alterPartitionReassignments() {
        return new ForwardingHandler<>(
                Guard.ofCluster(authorizer, Operation.ALTER),
                controller,
                AlterPartitionReassignmentsResponse.class,
                (request, _) -> new ControllerCommand.AlterPartitionReassignments(request),
                (request, error) -> AlterPartitionReassignmentsResponse.DEFAULT
                        .withErrorCode(error)
                        .withResponses(request.topics().stream()
                                .map(topic -> notMoved(topic, error))
                                .toList()));
    }

    private static ReassignableTopicResponse notMoved(
            AlterPartitionReassignmentsRequest.ReassignableTopic topic, ErrorCode error) {
        return new ReassignableTopicResponse(
                topic.name(),
                topic.partitions().stream()
                        .map(partition ->
                                new AlterPartitionReassignmentsResponse
                                        .ReassignablePartitionResponse(
                                        partition.partitionIndex(), error, error.message()))
                        .toList());
    }

    public Handler<UnregisterBrokerRequest, UnregisterBrokerResponse> unregisterBroker() {
        return new ForwardingHandler<>(
                Guard.ofCluster(authorizer, Operation.ALTER),
                controller,
                UnregisterBrokerResponse.class,
                (request, _) -> new ControllerCommand.UnregisterBroker(request),
                (_, error) -> new UnregisterBrokerResponse(0, error, null));
    }
}
