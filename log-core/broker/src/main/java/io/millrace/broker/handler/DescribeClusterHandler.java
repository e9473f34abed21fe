package io.millrace.broker.handler;

import io.millrace.broker.request.Authorizer;
import io.millrace.broker.request.ClusterView;
import io.millrace.broker.request.Handler;
import io.millrace.broker.request.RequestContext;
import io.millrace.broker.request.Resource;
import io.millrace.protocol.DescribeClusterRequest;
import io.millrace.protocol.DescribeClusterResponse;
import io.millrace.protocol.DescribeClusterResponse.DescribeClusterBroker;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.RegisterBrokerRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Tells the nodes of the cluster, as they are reached by the listener that was asked.
public final class DescribeClusterHandler
        implements Handler<DescribeClusterRequest, DescribeClusterResponse> {
    private static final byte BROKERS = 1;
    private static final byte CONTROLLERS = 2;

    private final ClusterView cluster;
    private final Authorizer authorizer;

    DescribeClusterHandler(ClusterView cluster, Authorizer authorizer) {
        this.cluster = cluster;
        this.authorizer = authorizer;
    }

    @Override
    public CompletionStage<DescribeClusterResponse> handle(
            DescribeClusterRequest request, RequestContext context) {
        return CompletableFuture.completedFuture(answer(request, context));
    }

    private DescribeClusterResponse answer(DescribeClusterRequest request, RequestContext context) {
        if (request.endpointType() != BROKERS) {
            return DescribeClusterResponse.DEFAULT
                    .withErrorCode(
                            request.endpointType() == CONTROLLERS
                                    ? ErrorCode.MISMATCHED_ENDPOINT_TYPE
                                    : ErrorCode.UNSUPPORTED_ENDPOINT_TYPE)
                    .withErrorMessage("This is a listener for brokers and clients.");
        }
        List<DescribeClusterBroker> brokers = new ArrayList<>();
        for (var broker : cluster.image().brokers()) {
            RegisterBrokerRecord node = broker.value();
            if (!node.fenced() || request.includeFencedBrokers()) {
                node.endPoints().stream()
                        .filter(each -> each.name().equals(context.listener()))
                        .findFirst()
                        .ifPresent(each -> brokers.add(new DescribeClusterBroker(
                                node.brokerId(),
                                each.host(),
                                each.port(),
                                node.rack(),
                                node.fenced())));
            }
        }
        return DescribeClusterResponse.DEFAULT
                .withClusterId(cluster.clusterId())
                .withControllerId(cluster.nodeId())
                .withBrokers(brokers)
                .withClusterAuthorizedOperations(
                        request.includeClusterAuthorizedOperations()
                                ? authorizer.rightsOnCluster(context)
                                : Resource.RIGHTS_NOT_ASKED);
    }
}
