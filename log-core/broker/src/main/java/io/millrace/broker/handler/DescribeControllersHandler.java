package io.millrace.broker.handler;

import io.millrace.broker.request.Authorizer;
import io.millrace.broker.request.ClusterView;
import io.millrace.broker.request.Handler;
import io.millrace.broker.request.Operation;
import io.millrace.broker.request.RequestContext;
import io.millrace.broker.request.Resource;
import io.millrace.protocol.DescribeClusterRequest;
import io.millrace.protocol.DescribeClusterResponse;
import io.millrace.protocol.DescribeClusterResponse.DescribeClusterBroker;
import io.millrace.protocol.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Tells the controllers of the cluster to who asks one of them: for clients that look after a
/// cluster whose brokers are down. As in Kafka, only who may change the cluster is told.
public final class DescribeControllersHandler
        implements Handler<DescribeClusterRequest, DescribeClusterResponse> {
    private static final byte BROKERS = 1;
    private static final byte CONTROLLERS = 2;

    private final ClusterView cluster;
    private final QuorumView quorum;
    private final Authorizer authorizer;

    DescribeControllersHandler(ClusterView cluster, QuorumView quorum, Authorizer authorizer) {
        this.cluster = cluster;
        this.quorum = quorum;
        this.authorizer = authorizer;
    }

    @Override
    public CompletionStage<DescribeClusterResponse> handle(
            DescribeClusterRequest request, RequestContext context) {
        return CompletableFuture.completedFuture(answer(request, context));
    }

    private DescribeClusterResponse answer(DescribeClusterRequest request, RequestContext context) {
        if (!authorizer.isAllowed(context, Operation.ALTER, Resource.CLUSTER)) {
            return refused(
                    ErrorCode.CLUSTER_AUTHORIZATION_FAILED,
                    ErrorCode.CLUSTER_AUTHORIZATION_FAILED.message());
        }
        if (request.endpointType() != CONTROLLERS) {
            return refused(
                    request.endpointType() == BROKERS
                            ? ErrorCode.MISMATCHED_ENDPOINT_TYPE
                            : ErrorCode.UNSUPPORTED_ENDPOINT_TYPE,
                    "This is a listener for controllers.");
        }
        List<DescribeClusterBroker> controllers = new ArrayList<>();
        for (QuorumView.Voter voter : quorum.voters()) {
            QuorumView.Endpoint at = voter.endpoints().getFirst();
            controllers.add(
                    new DescribeClusterBroker(voter.node(), at.host(), at.port(), null, false));
        }
        return DescribeClusterResponse.DEFAULT
                .withEndpointType(CONTROLLERS)
                .withClusterId(cluster.clusterId())
                .withControllerId(quorum.leader())
                .withBrokers(controllers)
                .withClusterAuthorizedOperations(
                        request.includeClusterAuthorizedOperations()
                                ? authorizer.rightsOnCluster(context)
                                : Resource.RIGHTS_NOT_ASKED);
    }

    private static DescribeClusterResponse refused(ErrorCode error, String message) {
        return DescribeClusterResponse.DEFAULT
                .withEndpointType(CONTROLLERS)
                .withErrorCode(error)
                .withErrorMessage(message);
    }
}
