package io.millrace.broker.handler;

import io.millrace.broker.request.Authorizer;
import io.millrace.broker.request.ClusterView;
import io.millrace.broker.request.Handler;
import io.millrace.broker.request.Operation;
import io.millrace.broker.request.RequestContext;
import io.millrace.broker.request.Resource;
import io.millrace.cluster.ClusterImage;
import io.millrace.cluster.InternalTopics;
import io.millrace.cluster.PartitionImage;
import io.millrace.cluster.TopicImage;
import io.millrace.cluster.TopicNames;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.MetadataRequest;
import io.millrace.protocol.MetadataRequest.MetadataRequestTopic;
import io.millrace.protocol.MetadataResponse;
import io.millrace.protocol.MetadataResponse.MetadataResponseBroker;
import io.millrace.protocol.MetadataResponse.MetadataResponsePartition;
import io.millrace.protocol.MetadataResponse.MetadataResponseTopic;
import io.millrace.protocol.Uuid;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Tells where partitions are. Topics that are asked for by name and do not exist are created,
/// where client and node allow it; the answer then waits for them, so that a producer need not ask
/// again.
public final class MetadataHandler implements Handler<MetadataRequest, MetadataResponse> {
    private static final int IDS_SINCE = 12;
    private static final int NULL_MEANS_ALL_SINCE = 1;

    private final ClusterView cluster;
    private final Authorizer authorizer;
    private final TopicCreator creator;
    private final BooleanSupplier mayCreate;

    public MetadataHandler(
            ClusterView cluster,
            Authorizer authorizer,
            TopicCreator creator,
            BooleanSupplier mayCreate) {
        this.cluster = cluster;
        this.authorizer = authorizer;
        this.creator = creator;
        this.mayCreate = mayCreate;
    }

    @Override
    public CompletionStage<MetadataResponse> handle(
            MetadataRequest request, RequestContext context) {
        List<MetadataRequestTopic> asked = request.topics();
        boolean wantsAll =
                asked == null || asked.isEmpty() && context.version() < NULL_MEANS_ALL_SINCE;
        if (asked == null || wantsAll) {
            return CompletableFuture.completedFuture(all(request, context));
        }
        if (context.version() < IDS_SINCE && asked.stream().anyMatch(MetadataHandler::isById)) {
            return CompletableFuture.completedFuture(invalid(asked));
        }
        ClusterImage image = cluster.image();
        List<String> missing = request.allowAutoTopicCreation() && mayCreate.getAsBoolean()
                ? missing(image, asked, context)
                : List.of();
        Map<String, ErrorCode> outcomes = new TreeMap<>();
        missing.stream()
                .filter(name -> !mayCreate(context, name))
                .forEach(name -> outcomes.put(name, ErrorCode.TOPIC_AUTHORIZATION_FAILED));
        List<String> creatable =
                missing.stream().filter(name -> !outcomes.containsKey(name)).toList();
        if (creatable.isEmpty()) {
            return CompletableFuture.completedFuture(named(request, asked, context, outcomes));
        }
        return creator.create(creatable).thenApply(created -> {
            outcomes.putAll(created);
            return named(request, asked, context, outcomes);
        });
    }

    private static boolean isById(MetadataRequestTopic topic) {
        return topic.name() == null || !topic.topicId().isZero();
    }

    private static MetadataResponse invalid(List<MetadataRequestTopic> asked) {
        return MetadataResponse.DEFAULT.withTopics(asked.stream()
                .map(topic -> MetadataResponseTopic.DEFAULT
                        .withErrorCode(ErrorCode.INVALID_REQUEST)
                        .withName(topic.name() == null ? "" : topic.name())
                        .withTopicId(topic.topicId()))
                .toList());
    }

    private List<String> missing(
            ClusterImage image, List<MetadataRequestTopic> asked, RequestContext context) {
        List<String> missing = new ArrayList<>();
        for (MetadataRequestTopic topic : asked) {
            String name = topic.name();
            if (name != null
                    && topic.topicId().isZero()
                    && image.topic(name) == null
                    && TopicNames.check(name).isNone()
                    && !missing.contains(name)
                    && mayDescribe(context, name)) {
                missing.add(name);
            }
        }
        return missing;
    }

    private boolean mayCreate(RequestContext context, String topic) {
        return authorizer.isAllowed(context, Operation.CREATE, Resource.CLUSTER)
                || authorizer.isAllowed(context, Operation.CREATE, Resource.topic(topic));
    }

    private MetadataResponse all(MetadataRequest request, RequestContext context) {
        ClusterImage image = cluster.image();
        List<MetadataResponseTopic> topics = new ArrayList<>();
        for (var entry : image.topics().byName()) {
            if (mayDescribe(context, entry.key())) {
                topics.add(topic(image, entry.value(), request, context));
            }
        }
        return response(image, request, context).withTopics(topics);
    }

    private boolean mayDescribe(RequestContext context, String topic) {
        return authorizer.isAllowed(context, Operation.DESCRIBE, Resource.topic(topic));
    }

    private MetadataResponse named(
            MetadataRequest request,
            List<MetadataRequestTopic> asked,
            RequestContext context,
            Map<String, ErrorCode> created) {
        ClusterImage image = cluster.image();
        List<MetadataResponseTopic> topics = new ArrayList<>();
        for (MetadataRequestTopic each : asked) {
            boolean byId = context.version() >= IDS_SINCE && !each.topicId().isZero();
            String name = each.name();
            TopicImage found = byId
                    ? image.topics().get(each.topicId())
                    : name == null ? null : image.topic(name);
            String foundName = found == null ? name : found.name();
            if (foundName != null && !mayDescribe(context, foundName)) {
                topics.add(failed(
                        ErrorCode.TOPIC_AUTHORIZATION_FAILED, byId ? null : name, each.topicId()));
            } else if (found != null) {
                topics.add(topic(image, found, request, context));
            } else if (byId || name == null) {
                topics.add(failed(ErrorCode.UNKNOWN_TOPIC_ID, null, each.topicId()));
            } else {
                ErrorCode error = created.getOrDefault(name, ErrorCode.NONE);
                topics.add(
                        failed(error == ErrorCode.NONE ? unknown(name) : error, name, Uuid.ZERO));
            }
        }
        return response(image, request, context).withTopics(topics);
    }

    private static ErrorCode unknown(String name) {
        return TopicNames.check(name).isNone()
                ? ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
                : ErrorCode.INVALID_TOPIC_EXCEPTION;
    }

    private static MetadataResponseTopic failed(ErrorCode error, @Nullable String name, Uuid id) {
        return MetadataResponseTopic.DEFAULT
                .withErrorCode(error)
                .withName(name)
                .withTopicId(id)
                .withIsInternal(name != null && InternalTopics.contains(name));
    }

    private MetadataResponseTopic topic(
            ClusterImage image, TopicImage topic, MetadataRequest request, RequestContext context) {
        List<MetadataResponsePartition> partitions = new ArrayList<>(topic.partitionCount());
        for (var entry : topic.partitions()) {
            partitions.add(partition(image, entry.value(), context.listener()));
        }
        return new MetadataResponseTopic(
                ErrorCode.NONE,
                topic.name(),
                topic.id(),
                topic.isInternal(),
                partitions,
                request.includeTopicAuthorizedOperations()
                        ? authorizer.rights(context, Resource.topic(topic.name()))
                        : Resource.RIGHTS_NOT_ASKED);
    }

    private static MetadataResponsePartition partition(
            ClusterImage image, PartitionImage partition, String listener) {
        boolean isLed = partition.hasLeader()
                && Endpoints.of(image, partition.leader(), listener).isPresent();
        List<Integer> offline = partition.replicas().stream()
                .filter(node -> Endpoints.of(image, node, listener).isEmpty())
                .toList();
        return new MetadataResponsePartition(
                isLed ? ErrorCode.NONE : ErrorCode.LEADER_NOT_AVAILABLE,
                partition.partition(),
                isLed ? partition.leader() : PartitionImage.NO_LEADER,
                partition.leaderEpoch(),
                partition.replicas(),
                partition.isr(),
                offline);
    }

    private MetadataResponse response(
            ClusterImage image, MetadataRequest request, RequestContext context) {
        List<MetadataResponseBroker> brokers = new ArrayList<>();
        for (var entry : image.brokers()) {
            Endpoints.of(image, entry.key(), context.listener())
                    .ifPresent(endpoint -> brokers.add(new MetadataResponseBroker(
                            entry.key(),
                            endpoint.host(),
                            endpoint.port(),
                            entry.value().rack())));
        }
        return MetadataResponse.DEFAULT
                .withBrokers(brokers)
                .withClusterId(cluster.clusterId())
                .withControllerId(cluster.nodeId())
                .withClusterAuthorizedOperations(
                        request.includeClusterAuthorizedOperations()
                                ? authorizer.rightsOnCluster(context)
                                : Resource.RIGHTS_NOT_ASKED);
    }
}
