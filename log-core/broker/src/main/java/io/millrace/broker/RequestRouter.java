package io.millrace.broker;

import io.millrace.broker.handler.AdminHandlers;
import io.millrace.broker.handler.FetchHandler;
import io.millrace.broker.request.Handler;
import io.millrace.broker.request.RequestContext;
import io.millrace.broker.request.Throttle;
import io.millrace.protocol.AddOffsetsToTxnRequest;
import io.millrace.protocol.AddPartitionsToTxnRequest;
import io.millrace.protocol.AddRaftVoterRequest;
import io.millrace.protocol.AllocateProducerIdsRequest;
import io.millrace.protocol.AlterClientQuotasRequest;
import io.millrace.protocol.AlterConfigsRequest;
import io.millrace.protocol.AlterPartitionReassignmentsRequest;
import io.millrace.protocol.AlterPartitionRequest;
import io.millrace.protocol.AlterReplicaLogDirsRequest;
import io.millrace.protocol.AlterShareGroupOffsetsRequest;
import io.millrace.protocol.AlterUserScramCredentialsRequest;
import io.millrace.protocol.Api;
import io.millrace.protocol.ApiVersionsRequest;
import io.millrace.protocol.ApiVersionsResponse;
import io.millrace.protocol.AssignReplicasToDirsRequest;
import io.millrace.protocol.BeginQuorumEpochRequest;
import io.millrace.protocol.BrokerHeartbeatRequest;
import io.millrace.protocol.BrokerRegistrationRequest;
import io.millrace.protocol.ConsumerGroupDescribeRequest;
import io.millrace.protocol.ConsumerGroupHeartbeatRequest;
import io.millrace.protocol.ControllerRegistrationRequest;
import io.millrace.protocol.CreateAclsRequest;
import io.millrace.protocol.CreateDelegationTokenRequest;
import io.millrace.protocol.CreatePartitionsRequest;
import io.millrace.protocol.CreateTopicsRequest;
import io.millrace.protocol.DeleteAclsRequest;
import io.millrace.protocol.DeleteGroupsRequest;
import io.millrace.protocol.DeleteRecordsRequest;
import io.millrace.protocol.DeleteShareGroupOffsetsRequest;
import io.millrace.protocol.DeleteShareGroupStateRequest;
import io.millrace.protocol.DeleteTopicsRequest;
import io.millrace.protocol.DescribeAclsRequest;
import io.millrace.protocol.DescribeClientQuotasRequest;
import io.millrace.protocol.DescribeClusterRequest;
import io.millrace.protocol.DescribeClusterResponse;
import io.millrace.protocol.DescribeConfigsRequest;
import io.millrace.protocol.DescribeDelegationTokenRequest;
import io.millrace.protocol.DescribeGroupsRequest;
import io.millrace.protocol.DescribeLogDirsRequest;
import io.millrace.protocol.DescribeProducersRequest;
import io.millrace.protocol.DescribeQuorumRequest;
import io.millrace.protocol.DescribeShareGroupOffsetsRequest;
import io.millrace.protocol.DescribeTopicPartitionsRequest;
import io.millrace.protocol.DescribeTransactionsRequest;
import io.millrace.protocol.DescribeUserScramCredentialsRequest;
import io.millrace.protocol.ElectLeadersRequest;
import io.millrace.protocol.EndQuorumEpochRequest;
import io.millrace.protocol.EndTxnRequest;
import io.millrace.protocol.EnvelopeRequest;
import io.millrace.protocol.ExpireDelegationTokenRequest;
import io.millrace.protocol.FetchRequest;
import io.millrace.protocol.FetchSnapshotRequest;
import io.millrace.protocol.FindCoordinatorRequest;
import io.millrace.protocol.GetTelemetrySubscriptionsRequest;
import io.millrace.protocol.HeartbeatRequest;
import io.millrace.protocol.IncrementalAlterConfigsRequest;
import io.millrace.protocol.InitProducerIdRequest;
import io.millrace.protocol.InitializeShareGroupStateRequest;
import io.millrace.protocol.JoinGroupRequest;
import io.millrace.protocol.LeaveGroupRequest;
import io.millrace.protocol.ListConfigResourcesRequest;
import io.millrace.protocol.ListGroupsRequest;
import io.millrace.protocol.ListOffsetsRequest;
import io.millrace.protocol.ListPartitionReassignmentsRequest;
import io.millrace.protocol.ListTransactionsRequest;
import io.millrace.protocol.MalformedFrame;
import io.millrace.protocol.MetadataRequest;
import io.millrace.protocol.OffsetCommitRequest;
import io.millrace.protocol.OffsetDeleteRequest;
import io.millrace.protocol.OffsetFetchRequest;
import io.millrace.protocol.OffsetForLeaderEpochRequest;
import io.millrace.protocol.ProduceRequest;
import io.millrace.protocol.PushTelemetryRequest;
import io.millrace.protocol.ReadShareGroupStateRequest;
import io.millrace.protocol.ReadShareGroupStateSummaryRequest;
import io.millrace.protocol.RemoveRaftVoterRequest;
import io.millrace.protocol.RenewDelegationTokenRequest;
import io.millrace.protocol.Request;
import io.millrace.protocol.Response;
import io.millrace.protocol.SaslAuthenticateRequest;
import io.millrace.protocol.SaslHandshakeRequest;
import io.millrace.protocol.ShareAcknowledgeRequest;
import io.millrace.protocol.ShareFetchRequest;
import io.millrace.protocol.ShareGroupDescribeRequest;
import io.millrace.protocol.ShareGroupHeartbeatRequest;
import io.millrace.protocol.StreamsGroupDescribeRequest;
import io.millrace.protocol.StreamsGroupHeartbeatRequest;
import io.millrace.protocol.SyncGroupRequest;
import io.millrace.protocol.TxnOffsetCommitRequest;
import io.millrace.protocol.UnregisterBrokerRequest;
import io.millrace.protocol.UpdateFeaturesRequest;
import io.millrace.protocol.UpdateRaftVoterRequest;
import io.millrace.protocol.VoteRequest;
import io.millrace.protocol.WriteShareGroupStateRequest;
import io.millrace.protocol.WriteTxnMarkersRequest;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// From a request to its handler. The switch names every API there is, so one that nobody thought
/// of does not compile; those that are not served stand together at its end, and are not
/// advertised.
///
/// Owner thread: any; immutable.
public final class RequestRouter {
    /// What the listeners of clients serve.
    static final Set<Api> SERVED = Collections.unmodifiableSet(EnumSet.of(
            Api.PRODUCE,
            Api.FETCH,
            Api.LIST_OFFSETS,
            Api.METADATA,
            Api.SASL_HANDSHAKE,
            Api.API_VERSIONS,
            Api.DELETE_RECORDS,
            Api.INIT_PRODUCER_ID,
            Api.OFFSET_FOR_LEADER_EPOCH,
            Api.ALTER_REPLICA_LOG_DIRS,
            Api.DESCRIBE_LOG_DIRS,
            Api.DESCRIBE_PRODUCERS,
            Api.GET_TELEMETRY_SUBSCRIPTIONS,
            Api.PUSH_TELEMETRY,
            Api.OFFSET_COMMIT,
            Api.OFFSET_FETCH,
            Api.FIND_COORDINATOR,
            Api.JOIN_GROUP,
            Api.HEARTBEAT,
            Api.LEAVE_GROUP,
            Api.SYNC_GROUP,
            Api.DESCRIBE_GROUPS,
            Api.LIST_GROUPS,
            Api.CREATE_TOPICS,
            Api.DELETE_TOPICS,
            Api.DESCRIBE_ACLS,
            Api.CREATE_ACLS,
            Api.DELETE_ACLS,
            Api.DESCRIBE_CONFIGS,
            Api.ALTER_CONFIGS,
            Api.CREATE_PARTITIONS,
            Api.CREATE_DELEGATION_TOKEN,
            Api.RENEW_DELEGATION_TOKEN,
            Api.EXPIRE_DELEGATION_TOKEN,
            Api.DESCRIBE_DELEGATION_TOKEN,
            Api.SASL_AUTHENTICATE,
            Api.DELETE_GROUPS,
            Api.ELECT_LEADERS,
            Api.INCREMENTAL_ALTER_CONFIGS,
            Api.ALTER_PARTITION_REASSIGNMENTS,
            Api.LIST_PARTITION_REASSIGNMENTS,
            Api.OFFSET_DELETE,
            Api.DESCRIBE_CLIENT_QUOTAS,
            Api.ALTER_CLIENT_QUOTAS,
            Api.DESCRIBE_USER_SCRAM_CREDENTIALS,
            Api.DESCRIBE_QUORUM,
            Api.UPDATE_FEATURES,
            Api.DESCRIBE_CLUSTER,
            Api.UNREGISTER_BROKER,
            Api.CONSUMER_GROUP_HEARTBEAT,
            Api.CONSUMER_GROUP_DESCRIBE,
            Api.LIST_CONFIG_RESOURCES,
            Api.DESCRIBE_TOPIC_PARTITIONS));

    /// What the listeners of controllers serve: of the same, what Kafka's controllers do. Their
    /// Fetch is for nodes that follow the metadata log, of which there are none.
    static final Set<Api> SERVED_TO_CONTROLLERS = controllers();

    private final LogHandlers data;
    private final GroupHandlers groups;
    private final AdminHandlers admin;
    private final Throttle throttle;
    private final Face face;

    /// What listeners of one kind answer in their own way.
    record Face(
            Set<Api> served,
            Handler<ApiVersionsRequest, ApiVersionsResponse> apiVersions,
            Handler<DescribeClusterRequest, DescribeClusterResponse> describeCluster) {}

    RequestRouter(
            LogHandlers data,
            GroupHandlers groups,
            AdminHandlers admin,
            Throttle throttle,
            Face face) {
        this.data = data;
        this.groups = groups;
        this.admin = admin;
        this.throttle = throttle;
        this.face = face;
    }

    private static Set<Api> controllers() {
        EnumSet<Api> served = EnumSet.copyOf(SERVED);
        served.removeIf(api -> !api.onController() || api == Api.FETCH);
        return Collections.unmodifiableSet(served);
    }

    /// The same handlers behind listeners of another kind.
    RequestRouter withFace(Face other) {
        return new RequestRouter(data, groups, admin, throttle, other);
    }

    /// The API behind a key.
    ///
    /// @throws MalformedFrame if it is not served; as in Kafka, the connection ends
    Api served(int key) {
        Api api = Api.forKey(key);
        if (api == null || !face.served().contains(api)) {
            throw new MalformedFrame("the API with the key " + key + " is not served");
        }
        return api;
    }

    FetchHandler fetches() {
        return data.fetch();
    }

    int throttleMs(RequestContext context, int requestBytes) {
        return throttle.throttleMs(context, requestBytes);
    }

    CompletionStage<? extends Response> route(Request request, RequestContext context) {
        return switch (request) {
            case ProduceRequest it -> data.produce().handle(it, context);
            case FetchRequest it -> data.fetch().handle(it, context);
            case ListOffsetsRequest it -> data.listOffsets().handle(it, context);
            case MetadataRequest it -> data.metadata().handle(it, context);
            case ApiVersionsRequest it -> face.apiVersions().handle(it, context);
            case DeleteRecordsRequest it -> data.deleteRecords().handle(it, context);
            case InitProducerIdRequest it -> data.initProducerId().handle(it, context);
            case OffsetForLeaderEpochRequest it -> data.offsetForLeaderEpoch().handle(it, context);
            case AlterReplicaLogDirsRequest it -> data.alterReplicaLogDirs().handle(it, context);
            case DescribeLogDirsRequest it -> data.describeLogDirs().handle(it, context);
            case DescribeProducersRequest it -> data.describeProducers().handle(it, context);
            case GetTelemetrySubscriptionsRequest it ->
                data.getTelemetrySubscriptions().handle(it, context);
            case PushTelemetryRequest it -> data.pushTelemetry().handle(it, context);
            case OffsetCommitRequest it -> groups.offsetCommit().handle(it, context);
            case OffsetFetchRequest it -> groups.offsetFetch().handle(it, context);
            case FindCoordinatorRequest it -> groups.findCoordinator().handle(it, context);
            case JoinGroupRequest it -> groups.joinGroup().handle(it, context);
            case HeartbeatRequest it -> groups.heartbeat().handle(it, context);
            case LeaveGroupRequest it -> groups.leaveGroup().handle(it, context);
            case SyncGroupRequest it -> groups.syncGroup().handle(it, context);
            case DescribeGroupsRequest it -> groups.describeGroups().handle(it, context);
            case ListGroupsRequest it -> groups.listGroups().handle(it, context);
            case CreateTopicsRequest it -> admin.createTopics().handle(it, context);
            case DeleteTopicsRequest it -> admin.deleteTopics().handle(it, context);
            case DescribeAclsRequest it -> admin.security().describeAcls().handle(it, context);
            case CreateAclsRequest it -> admin.security().createAcls().handle(it, context);
            case DeleteAclsRequest it -> admin.security().deleteAcls().handle(it, context);
            case SaslHandshakeRequest it -> admin.security().handshake().handle(it, context);
            case SaslAuthenticateRequest it -> admin.security().authenticate().handle(it, context);
            case DescribeConfigsRequest it -> admin.describeConfigs().handle(it, context);
            case AlterConfigsRequest it -> admin.alterConfigs().replacing().handle(it, context);
            case CreatePartitionsRequest it -> admin.createPartitions().handle(it, context);
            case CreateDelegationTokenRequest it ->
                admin.security().createToken().handle(it, context);
            case RenewDelegationTokenRequest it ->
                admin.security().renewToken().handle(it, context);
            case ExpireDelegationTokenRequest it ->
                admin.security().expireToken().handle(it, context);
            case DescribeDelegationTokenRequest it ->
                admin.security().describeTokens().handle(it, context);
            case DeleteGroupsRequest it -> groups.deleteGroups().handle(it, context);
            case ElectLeadersRequest it -> admin.electLeaders().handle(it, context);
            case IncrementalAlterConfigsRequest it -> admin.alterConfigs().handle(it, context);
            case AlterPartitionReassignmentsRequest it ->
                admin.alterPartitionReassignments().handle(it, context);
            case ListPartitionReassignmentsRequest it ->
                admin.listPartitionReassignments().handle(it, context);
            case OffsetDeleteRequest it -> groups.offsetDelete().handle(it, context);
            case DescribeClientQuotasRequest it -> admin.describeClientQuotas().handle(it, context);
            case AlterClientQuotasRequest it -> admin.alterClientQuotas().handle(it, context);
            case DescribeUserScramCredentialsRequest it ->
                admin.security().describeScramCredentials().handle(it, context);
            case DescribeQuorumRequest it -> admin.describeQuorum().handle(it, context);
            case UpdateFeaturesRequest it -> admin.updateFeatures().handle(it, context);
            case DescribeClusterRequest it -> face.describeCluster().handle(it, context);
            case UnregisterBrokerRequest it -> admin.unregisterBroker().handle(it, context);
            case ConsumerGroupHeartbeatRequest it ->
                groups.consumerGroupHeartbeat().handle(it, context);
            case ConsumerGroupDescribeRequest it ->
                groups.consumerGroupDescribe().handle(it, context);
            case ListConfigResourcesRequest it -> admin.listConfigResources().handle(it, context);
            case DescribeTopicPartitionsRequest it ->
                admin.describeTopicPartitions().handle(it, context);
            case AddPartitionsToTxnRequest _,
                    AddOffsetsToTxnRequest _,
                    EndTxnRequest _,
                    WriteTxnMarkersRequest _,
                    TxnOffsetCommitRequest _,
                    AlterUserScramCredentialsRequest _,
                    VoteRequest _,
                    BeginQuorumEpochRequest _,
                    EndQuorumEpochRequest _,
                    AlterPartitionRequest _,
                    EnvelopeRequest _,
                    FetchSnapshotRequest _,
                    BrokerRegistrationRequest _,
                    BrokerHeartbeatRequest _,
                    DescribeTransactionsRequest _,
                    ListTransactionsRequest _,
                    AllocateProducerIdsRequest _,
                    ControllerRegistrationRequest _,
                    AssignReplicasToDirsRequest _,
                    ShareGroupHeartbeatRequest _,
                    ShareGroupDescribeRequest _,
                    ShareFetchRequest _,
                    ShareAcknowledgeRequest _,
                    AddRaftVoterRequest _,
                    RemoveRaftVoterRequest _,
                    UpdateRaftVoterRequest _,
                    InitializeShareGroupStateRequest _,
                    ReadShareGroupStateRequest _,
                    WriteShareGroupStateRequest _,
                    DeleteShareGroupStateRequest _,
                    ReadShareGroupStateSummaryRequest _,
                    StreamsGroupHeartbeatRequest _,
                    StreamsGroupDescribeRequest _,
                    DescribeShareGroupOffsetsRequest _,
                    AlterShareGroupOffsetsRequest _,
                    DeleteShareGroupOffsetsRequest _ -> unserved(request);
        };
    }

    private static CompletionStage<Response> unserved(Request request) {
        return CompletableFuture.failedFuture(
                new MalformedFrame(request.api().apiName() + " is not served"));
    }
}
