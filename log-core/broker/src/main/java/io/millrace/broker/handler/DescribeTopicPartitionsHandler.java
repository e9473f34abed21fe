package io.millrace.broker.handler;

import io.millrace.broker.request.Authorizer;
import io.millrace.broker.request.ClusterView;
import io.millrace.broker.request.Handler;
import io.millrace.broker.request.Operation;
import io.millrace.broker.request.RequestContext;
import io.millrace.broker.request.Resource;
import io.millrace.cluster.ClusterImage;
import io.millrace.cluster.PartitionImage;
import io.millrace.cluster.TopicImage;
import io.millrace.cluster.TopicNames;
import io.millrace.protocol.DescribeTopicPartitionsRequest;
import io.millrace.protocol.DescribeTopicPartitionsRequest.TopicRequest;
import io.millrace.protocol.DescribeTopicPartitionsResponse;
import io.millrace.protocol.DescribeTopicPartitionsResponse.Cursor;
import io.millrace.protocol.DescribeTopicPartitionsResponse.DescribeTopicPartitionsResponsePartition;
import io.millrace.protocol.DescribeTopicPartitionsResponse.DescribeTopicPartitionsResponseTopic;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.RegisterBrokerRecord;
import io.millrace.protocol.Uuid;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Describes topics by name, in order, a page at a time: the cursor names the partition at which
/// the next page begins.
public final class DescribeTopicPartitionsHandler
        implements Handler<DescribeTopicPartitionsRequest, DescribeTopicPartitionsResponse> {
    private final ClusterView cluster;
    private final Authorizer authorizer;
    private final int limit;

    DescribeTopicPartitionsHandler(ClusterView cluster, Authorizer authorizer, int limit) {
        this.cluster = cluster;
        this.authorizer = authorizer;
        this.limit = limit;
    }

    @Override
    public CompletionStage<DescribeTopicPartitionsResponse> handle(
            DescribeTopicPartitionsRequest request, RequestContext context) {
        DescribeTopicPartitionsRequest.Cursor cursor = request.cursor();
        if (cursor != null && cursor.partitionIndex() < 0) {
            return CompletableFuture.completedFuture(new DescribeTopicPartitionsResponse(
                    0,
                    request.topics().stream()
                            .map(topic -> DescribeTopicPartitionsResponseTopic.DEFAULT
                                    .withErrorCode(ErrorCode.INVALID_REQUEST)
                                    .withName(topic.name()))
                            .toList(),
                    null));
        }
        ClusterImage image = cluster.image();
        SortedSet<String> names = new TreeSet<>();
        List<DescribeTopicPartitionsResponseTopic> hidden = new ArrayList<>();
        for (String name : names(image, request)) {
            if (authorizer.isAllowed(context, Operation.DESCRIBE, Resource.topic(name))) {
                names.add(name);
            } else if (!request.topics().isEmpty()) {
                hidden.add(DescribeTopicPartitionsResponseTopic.DEFAULT
                        .withErrorCode(ErrorCode.TOPIC_AUTHORIZATION_FAILED)
                        .withName(name));
            }
        }
        DescribeTopicPartitionsResponse page = page(image, names, request, context);
        return CompletableFuture.completedFuture(
                hidden.isEmpty() ? page : page.withTopics(Guard.both(page.topics(), hidden)));
    }

    private DescribeTopicPartitionsResponse page(
            ClusterImage image,
            SortedSet<String> names,
            DescribeTopicPartitionsRequest request,
            RequestContext context) {
        DescribeTopicPartitionsRequest.Cursor cursor = request.cursor();
        int left = Math.max(1, Math.min(request.responsePartitionLimit(), limit));
        List<DescribeTopicPartitionsResponseTopic> topics = new ArrayList<>();
        for (String name : names) {
            if (cursor != null && name.compareTo(cursor.topicName()) < 0) {
                continue;
            }
            TopicImage topic = image.topic(name);
            if (topic == null) {
                topics.add(unknown(name, context));
                continue;
            }
            int from =
                    cursor != null && name.equals(cursor.topicName()) ? cursor.partitionIndex() : 0;
            if (left == 0) {
                return new DescribeTopicPartitionsResponse(0, topics, new Cursor(name, from));
            }
            List<DescribeTopicPartitionsResponsePartition> partitions =
                    partitions(image, topic, from, left);
            left -= partitions.size();
            topics.add(described(topic, partitions, context));
            int next = from + partitions.size();
            if (next < topic.partitionCount()) {
                return new DescribeTopicPartitionsResponse(0, topics, new Cursor(name, next));
            }
        }
        return new DescribeTopicPartitionsResponse(0, topics, null);
    }

    private static Iterable<String> names(
            ClusterImage image, DescribeTopicPartitionsRequest request) {
        SortedSet<String> names = new TreeSet<>();
        if (request.topics().isEmpty()) {
            String first = request.cursor() == null ? "" : request.cursor().topicName();
            image.topics().byName().from(first).forEach(topic -> names.add(topic.key()));
        } else {
            request.topics().stream().map(TopicRequest::name).forEach(names::add);
        }
        return names;
    }

    private DescribeTopicPartitionsResponseTopic unknown(String name, RequestContext context) {
        ErrorCode error = TopicNames.check(name).isNone()
                ? ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
                : ErrorCode.INVALID_TOPIC_EXCEPTION;
        return new DescribeTopicPartitionsResponseTopic(
                error,
                name,
                Uuid.ZERO,
                false,
                List.of(),
                authorizer.rights(context, Resource.topic(name)));
    }

    private DescribeTopicPartitionsResponseTopic described(
            TopicImage topic,
            List<DescribeTopicPartitionsResponsePartition> partitions,
            RequestContext context) {
        return new DescribeTopicPartitionsResponseTopic(
                ErrorCode.NONE,
                topic.name(),
                topic.id(),
                topic.isInternal(),
                partitions,
                authorizer.rights(context, Resource.topic(topic.name())));
    }

    private static List<DescribeTopicPartitionsResponsePartition> partitions(
            ClusterImage image, TopicImage topic, int from, int count) {
        List<DescribeTopicPartitionsResponsePartition> partitions = new ArrayList<>();
        for (var entry : topic.partitions().from(from)) {
            if (partitions.size() == count) {
                break;
            }
            PartitionImage partition = entry.value();
            partitions.add(new DescribeTopicPartitionsResponsePartition(
                    partition.hasLeader() ? ErrorCode.NONE : ErrorCode.LEADER_NOT_AVAILABLE,
                    partition.partition(),
                    partition.leader(),
                    partition.leaderEpoch(),
                    partition.replicas(),
                    partition.isr(),
                    partition.eligibleLeaderReplicas(),
                    partition.lastKnownElr(),
                    partition.replicas().stream()
                            .filter(node -> isOffline(image, node))
                            .toList()));
        }
        return partitions;
    }

    private static boolean isOffline(ClusterImage image, int node) {
        @Nullable RegisterBrokerRecord broker = image.brokers().get(node);
        return broker == null || broker.fenced();
    }
}
