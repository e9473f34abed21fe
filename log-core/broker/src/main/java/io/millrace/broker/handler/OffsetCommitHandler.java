package io.millrace.broker.handler;

import io.millrace.broker.request.Handler;
import io.millrace.broker.request.Operation;
import io.millrace.broker.request.RequestContext;
import io.millrace.cluster.TopicImage;
import io.millrace.group.GroupCommand;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.OffsetCommitRequest;
import io.millrace.protocol.OffsetCommitRequest.OffsetCommitRequestTopic;
import io.millrace.protocol.OffsetCommitResponse;
import io.millrace.protocol.OffsetCommitResponse.OffsetCommitResponsePartition;
import io.millrace.protocol.OffsetCommitResponse.OffsetCommitResponseTopic;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Commits offsets of a group.
public final class OffsetCommitHandler
        implements Handler<OffsetCommitRequest, OffsetCommitResponse> {
    private static final int TOPIC_ID_VERSION = 10;

    private final GroupLink groups;

    public OffsetCommitHandler(GroupLink groups) {
        this.groups = groups;
    }

    @Override
    public CompletionStage<OffsetCommitResponse> handle(
            OffsetCommitRequest request, RequestContext context) {
        if (!groups.allows(context, Operation.READ, request.groupId())) {
            return CompletableFuture.completedFuture(
                    failed(request, ErrorCode.GROUP_AUTHORIZATION_FAILED));
        }
        List<OffsetCommitResponseTopic> refused = new ArrayList<>();
        List<OffsetCommitRequestTopic> asked = new ArrayList<>();
        for (OffsetCommitRequestTopic topic : request.topics()) {
            TopicImage known = known(topic, context);
            ErrorCode error = refusal(topic, known, context);
            if (error == ErrorCode.NONE && known != null) {
                refused.add(failed(
                        partitions(topic, known, false), ErrorCode.UNKNOWN_TOPIC_OR_PARTITION));
                OffsetCommitRequestTopic there = partitions(topic, known, true);
                if (!there.partitions().isEmpty()) {
                    asked.add(there.withName(known.name()).withTopicId(known.id()));
                }
            } else {
                refused.add(failed(topic, error));
            }
        }
        if (asked.isEmpty()) {
            return CompletableFuture.completedFuture(joined(request, refused, List.of()));
        }
        OffsetCommitRequest rest = request.withTopics(asked);
        return groups.ask(
                        request.groupId(),
                        new GroupCommand.Commit(GroupLink.caller(context), rest),
                        OffsetCommitResponse.class,
                        error -> failed(rest, tooLarge(error)))
                .thenApply(answer -> joined(request, refused, answer.topics()));
    }

    /// What is asked about partitions that the topic has, or about those it has not.
    private static OffsetCommitRequestTopic partitions(
            OffsetCommitRequestTopic topic, TopicImage known, boolean isThere) {
        return topic.withPartitions(topic.partitions().stream()
                .filter(one -> (known.partition(one.partitionIndex()) != null) == isThere)
                .toList());
    }

    private @Nullable TopicImage known(OffsetCommitRequestTopic topic, RequestContext context) {
        return context.version() >= TOPIC_ID_VERSION
                ? groups.cluster().image().topics().get(topic.topicId())
                : groups.cluster().image().topic(topic.name());
    }

    private ErrorCode refusal(
            OffsetCommitRequestTopic topic, @Nullable TopicImage known, RequestContext context) {
        if (context.version() >= TOPIC_ID_VERSION && known == null) {
            return ErrorCode.UNKNOWN_TOPIC_ID;
        }
        String name = known == null ? topic.name() : known.name();
        if (!groups.allowsTopic(context, Operation.READ, name)) {
            return ErrorCode.TOPIC_AUTHORIZATION_FAILED;
        }
        return known == null ? ErrorCode.UNKNOWN_TOPIC_OR_PARTITION : ErrorCode.NONE;
    }

    /// The only failure of the log that a commit brings about by its own size.
    private static ErrorCode tooLarge(ErrorCode error) {
        return error == ErrorCode.UNKNOWN_SERVER_ERROR
                ? ErrorCode.INVALID_COMMIT_OFFSET_SIZE
                : error;
    }

    private static OffsetCommitResponse failed(OffsetCommitRequest request, ErrorCode error) {
        return OffsetCommitResponse.DEFAULT.withTopics(
                request.topics().stream().map(topic -> failed(topic, error)).toList());
    }

    private static OffsetCommitResponseTopic failed(
            OffsetCommitRequestTopic topic, ErrorCode error) {
        return new OffsetCommitResponseTopic(
                topic.name(),
                topic.topicId(),
                topic.partitions().stream()
                        .map(one -> new OffsetCommitResponsePartition(one.partitionIndex(), error))
                        .toList());
    }

    /// In the order of the request: of each topic what the group answered, then what was refused.
    private static OffsetCommitResponse joined(
            OffsetCommitRequest request,
            List<OffsetCommitResponseTopic> refused,
            List<OffsetCommitResponseTopic> asked) {
        Iterator<OffsetCommitResponseTopic> next = asked.iterator();
        List<OffsetCommitResponseTopic> all = new ArrayList<>(refused.size());
        for (int i = 0; i < refused.size(); i++) {
            OffsetCommitResponseTopic answer = refused.get(i);
            if (answer.partitions().size()
                    < request.topics().get(i).partitions().size()) {
                OffsetCommitResponseTopic taken = next.next();
                List<OffsetCommitResponsePartition> both = new ArrayList<>(taken.partitions());
                both.addAll(answer.partitions());
                answer = taken.withPartitions(both);
            }
            all.add(answer);
        }
        return OffsetCommitResponse.DEFAULT.withTopics(all);
    }
}
