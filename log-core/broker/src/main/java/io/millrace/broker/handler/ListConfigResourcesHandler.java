package io.millrace.broker.handler;

import io.millrace.broker.request.Authorizer;
import io.millrace.broker.request.ClusterView;
import io.millrace.broker.request.Handler;
import io.millrace.broker.request.Operation;
import io.millrace.broker.request.RequestContext;
import io.millrace.broker.request.Resource;
import io.millrace.cluster.ClusterImage;
import io.millrace.cluster.ConfigResource;
import io.millrace.cluster.ConfigResource.Kind;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.ListConfigResourcesRequest;
import io.millrace.protocol.ListConfigResourcesResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Names what has or may have a configuration: topics and nodes that exist, groups and client
/// metrics for which something is set.
public final class ListConfigResourcesHandler
        implements Handler<ListConfigResourcesRequest, ListConfigResourcesResponse> {
    private static final List<Kind> ALL =
            List.of(Kind.TOPIC, Kind.BROKER, Kind.BROKER_LOGGER, Kind.CLIENT_METRICS, Kind.GROUP);

    private final ClusterView cluster;
    private final Authorizer authorizer;

    ListConfigResourcesHandler(ClusterView cluster, Authorizer authorizer) {
        this.cluster = cluster;
        this.authorizer = authorizer;
    }

    @Override
    public CompletionStage<ListConfigResourcesResponse> handle(
            ListConfigResourcesRequest request, RequestContext context) {
        if (!authorizer.isAllowed(context, Operation.DESCRIBE_CONFIGS, Resource.CLUSTER)) {
            return refused(ErrorCode.CLUSTER_AUTHORIZATION_FAILED);
        }
        List<Kind> kinds =
                request.resourceTypes().stream().map(Kind::of).distinct().toList();
        if (context.version() == 0) {
            kinds = List.of(Kind.CLIENT_METRICS);
        } else if (kinds.isEmpty()) {
            kinds = ALL;
        }
        if (kinds.contains(Kind.UNKNOWN)) {
            return refused(ErrorCode.UNSUPPORTED_VERSION);
        }
        ClusterImage image = cluster.image();
        List<ListConfigResourcesResponse.ConfigResource> resources = new ArrayList<>();
        for (Kind kind : kinds) {
            names(image, kind)
                    .forEach(name -> resources.add(
                            new ListConfigResourcesResponse.ConfigResource(name, kind.wireId())));
        }
        return CompletableFuture.completedFuture(
                new ListConfigResourcesResponse(0, ErrorCode.NONE, resources));
    }

    private static CompletionStage<ListConfigResourcesResponse> refused(ErrorCode error) {
        return CompletableFuture.completedFuture(
                new ListConfigResourcesResponse(0, error, List.of()));
    }

    private static List<String> names(ClusterImage image, Kind kind) {
        List<String> names = new ArrayList<>();
        switch (kind) {
            case TOPIC -> image.topics().byName().forEach(topic -> names.add(topic.key()));
            case BROKER, BROKER_LOGGER ->
                image.brokers().forEach(broker -> names.add(Integer.toString(broker.key())));
            case GROUP, CLIENT_METRICS, UNKNOWN -> {
                for (var config : image.configs().from(new ConfigResource(kind, ""))) {
                    if (config.key().kind() != kind) {
                        break;
                    }
                    names.add(config.key().name());
                }
            }
        }
        return names;
    }
}
