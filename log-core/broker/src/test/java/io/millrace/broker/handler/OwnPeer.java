package io.millrace.broker.handler;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.millrace.broker.metadata.TestNode;
import io.millrace.broker.request.Authorizer;
import io.millrace.broker.request.ClusterView;
import io.millrace.broker.request.Lifetime;
import io.millrace.broker.request.Principal;
import io.millrace.broker.request.RequestContext;
import io.millrace.cluster.ClusterImage;
import io.millrace.protocol.AlterClientQuotasRequest;
import io.millrace.protocol.AlterConfigsRequest;
import io.millrace.protocol.AlterPartitionReassignmentsRequest;
import io.millrace.protocol.CreateAclsRequest;
import io.millrace.protocol.CreateDelegationTokenRequest;
import io.millrace.protocol.CreatePartitionsRequest;
import io.millrace.protocol.CreateTopicsRequest;
import io.millrace.protocol.DeleteAclsRequest;
import io.millrace.protocol.DeleteTopicsRequest;
import io.millrace.protocol.DescribeAclsRequest;
import io.millrace.protocol.DescribeClientQuotasRequest;
import io.millrace.protocol.DescribeClusterRequest;
import io.millrace.protocol.DescribeConfigsRequest;
import io.millrace.protocol.DescribeDelegationTokenRequest;
import io.millrace.protocol.DescribeQuorumRequest;
import io.millrace.protocol.DescribeTopicPartitionsRequest;
import io.millrace.protocol.DescribeUserScramCredentialsRequest;
import io.millrace.protocol.ElectLeadersRequest;
import io.millrace.protocol.ExpireDelegationTokenRequest;
import io.millrace.protocol.IncrementalAlterConfigsRequest;
import io.millrace.protocol.ListConfigResourcesRequest;
import io.millrace.protocol.ListPartitionReassignmentsRequest;
import io.millrace.protocol.RenewDelegationTokenRequest;
import io.millrace.protocol.Request;
import io.millrace.protocol.Response;
import io.millrace.protocol.UnregisterBrokerRequest;
import io.millrace.protocol.UpdateFeaturesRequest;
import io.millrace.protocol.Uuid;
import io.millrace.protocol.WireReader;
import io.millrace.protocol.WireWriter;
import io.millrace.transport.Frame;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;

/// Our handlers over a node that the test's thread drives.
final class OwnPeer implements ClusterView, QuorumView {
    private static final Frame NO_FRAME = new Frame() {
        @Override
        public ByteBuffer buffer() {
            return ByteBuffer.allocate(0);
        }

        @Override
        public void retain() {}

        @Override
        public void release() {}
    };

    private final TestNode node;
    private final AdminHandlers handlers;

    OwnPeer(TestNode node) {
        this(node, Authorizer.ALLOW_ALL);
    }

    OwnPeer(TestNode node, Authorizer authorizer) {
        this.node = node;
        this.handlers = new AdminHandlers(new AdminHandlers.Parts(
                node.driver::submit,
                this,
                authorizer,
                node.configurations,
                LoggerLevels.FIXED,
                this,
                2000));
    }

    Response call(Request request, int version) {
        RequestContext context = new RequestContext(
                request.api(),
                version,
                1,
                "oracle",
                Principal.ANONYMOUS,
                "localhost",
                "PLAINTEXT",
                node.loop,
                NO_FRAME,
                new Lifetime());
        CompletionStage<? extends Response> answer = route(request, context);
        node.loop.runAll();
        AtomicReference<Response> got = new AtomicReference<>();
        answer.thenAccept(got::set);
        Response response = got.get();
        assertNotNull(response);
        // As a client sees it.
        WireWriter out = new WireWriter();
        response.write(out, version);
        return request.api().readResponse(new WireReader(out.toBuffer()), version);
    }

    private CompletionStage<? extends Response> route(Request request, RequestContext context) {
        return switch (request) {
            case CreateTopicsRequest it -> handlers.createTopics().handle(it, context);
            case DeleteTopicsRequest it -> handlers.deleteTopics().handle(it, context);
            case CreatePartitionsRequest it -> handlers.createPartitions().handle(it, context);
            case AlterConfigsRequest it -> handlers.alterConfigs().replacing().handle(it, context);
            case IncrementalAlterConfigsRequest it -> handlers.alterConfigs().handle(it, context);
            case DescribeConfigsRequest it -> handlers.describeConfigs().handle(it, context);
            case ListConfigResourcesRequest it ->
                handlers.listConfigResources().handle(it, context);
            case DescribeClusterRequest it -> handlers.describeCluster().handle(it, context);
            case DescribeTopicPartitionsRequest it ->
                handlers.describeTopicPartitions().handle(it, context);
            case DescribeQuorumRequest it -> handlers.describeQuorum().handle(it, context);
            case DescribeClientQuotasRequest it ->
                handlers.describeClientQuotas().handle(it, context);
            case AlterClientQuotasRequest it -> handlers.alterClientQuotas().handle(it, context);
            case ElectLeadersRequest it -> handlers.electLeaders().handle(it, context);
            case AlterPartitionReassignmentsRequest it ->
                handlers.alterPartitionReassignments().handle(it, context);
            case ListPartitionReassignmentsRequest it ->
                handlers.listPartitionReassignments().handle(it, context);
            case UpdateFeaturesRequest it -> handlers.updateFeatures().handle(it, context);
            case UnregisterBrokerRequest it -> handlers.unregisterBroker().handle(it, context);
            case DescribeAclsRequest it -> handlers.security().describeAcls().handle(it, context);
            case CreateAclsRequest it -> handlers.security().createAcls().handle(it, context);
            case DeleteAclsRequest it -> handlers.security().deleteAcls().handle(it, context);
            case CreateDelegationTokenRequest it ->
                handlers.security().createToken().handle(it, context);
            case RenewDelegationTokenRequest it ->
                handlers.security().renewToken().handle(it, context);
            case ExpireDelegationTokenRequest it ->
                handlers.security().expireToken().handle(it, context);
            case DescribeDelegationTokenRequest it ->
                handlers.security().describeTokens().handle(it, context);
            case DescribeUserScramCredentialsRequest it ->
                handlers.security().describeScramCredentials().handle(it, context);
            default -> throw new AssertionError("not routed: " + request);
        };
    }

    @Override
    public ClusterImage image() {
        return node.image();
    }

    @Override
    public long imageOffset() {
        return node.driver.committed() - 1;
    }

    @Override
    public String clusterId() {
        return AdminOracleIT.CLUSTER_ID;
    }

    @Override
    public int nodeId() {
        return TestNode.ID;
    }

    @Override
    public List<Voter> voters() {
        return List.of(new Voter(
                TestNode.ID,
                new Uuid(1, 1),
                List.of(new Endpoint("CONTROLLER", "localhost", 9093))));
    }

    @Override
    public int leader() {
        return TestNode.ID;
    }

    @Override
    public int leaderEpoch() {
        return node.driver.epoch();
    }

    @Override
    public long highWatermark() {
        return node.driver.committed();
    }

    @Override
    public long endOffset() {
        return node.driver.endOffset();
    }

    @Override
    public long nowMs() {
        return node.loop.nowMs();
    }
}
