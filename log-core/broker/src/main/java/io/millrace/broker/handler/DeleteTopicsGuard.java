package io.millrace.broker.handler;

import io.millrace.broker.request.Authorizer;
import io.millrace.broker.request.ClusterView;
import io.millrace.broker.request.Operation;
import io.millrace.broker.request.RequestContext;
import io.millrace.broker.request.Resource;
import io.millrace.cluster.TopicImage;
import io.millrace.protocol.DeleteTopicsRequest;
import io.millrace.protocol.DeleteTopicsRequest.DeleteTopicState;
import io.millrace.protocol.DeleteTopicsResponse;
import io.millrace.protocol.ErrorCode;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Topics are deleted by name or by id: an id that nobody knows may go on, it will not be found.
final class DeleteTopicsGuard implements Guard<DeleteTopicsRequest, DeleteTopicsResponse> {
    private final ClusterView cluster;
    private final Authorizer authorizer;

    DeleteTopicsGuard(ClusterView cluster, Authorizer authorizer) {
        this.cluster = cluster;
        this.authorizer = authorizer;
    }

    @Override
    public SortedMap<ErrorCode, DeleteTopicsRequest> parts(
            DeleteTopicsRequest request, RequestContext context) {
        SortedMap<ErrorCode, DeleteTopicsRequest> parts = new TreeMap<>();
        parts.put(ErrorCode.NONE, part(request, context, true));
        DeleteTopicsRequest refused = part(request, context, false);
        if (!refused.topics().isEmpty() || !refused.topicNames().isEmpty()) {
            parts.put(ErrorCode.TOPIC_AUTHORIZATION_FAILED, refused);
        }
        return parts;
    }

    private DeleteTopicsRequest part(
            DeleteTopicsRequest request, RequestContext context, boolean isAllowed) {
        List<DeleteTopicState> topics = request.topics().stream()
                .filter(topic -> mayDelete(topic, context) == isAllowed)
                .toList();
        List<String> names = request.topicNames().stream()
                .filter(name -> mayDelete(name, context) == isAllowed)
                .toList();
        return request.withTopics(topics).withTopicNames(names);
    }

    private boolean mayDelete(DeleteTopicState topic, RequestContext context) {
        String name = topic.name();
        if (name == null) {
            TopicImage known = cluster.image().topics().get(topic.topicId());
            return known == null || mayDelete(known.name(), context);
        }
        return mayDelete(name, context);
    }

    private boolean mayDelete(String name, RequestContext context) {
        return authorizer.isAllowed(context, Operation.DELETE, Resource.CLUSTER)
                || authorizer.isAllowed(context, Operation.DELETE, Resource.topic(name));
    }

    @Override
    public DeleteTopicsResponse joined(DeleteTopicsResponse left, DeleteTopicsResponse right) {
        return left.withResponses(Guard.both(left.responses(), right.responses()));
    }
}
