package io.millrace.broker.handler;

import io.millrace.broker.request.Operation;
import io.millrace.broker.request.RequestContext;
import io.millrace.cluster.TopicImage;
import io.millrace.group.GroupCommand;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.OffsetFetchRequest;
import io.millrace.protocol.OffsetFetchRequest.OffsetFetchRequestGroup;
import io.millrace.protocol.OffsetFetchRequest.OffsetFetchRequestTopics;
import io.millrace.protocol.OffsetFetchResponse;
import io.millrace.protocol.OffsetFetchResponse.OffsetFetchResponseGroup;
import io.millrace.protocol.OffsetFetchResponse.OffsetFetchResponsePartitions;
import io.millrace.protocol.OffsetFetchResponse.OffsetFetchResponseTopics;
import io.millrace.protocol.Uuid;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// The offsets of one group, for one request: topics that the client may not see, or that nobody
/// knows, are answered here.
final class OffsetFetchCall {
    private static final int TOPIC_ID_VERSION = 10;
    private static final int NONE = -1;

    private final GroupLink groups;
    private final RequestContext context;
    private final boolean requireStable;

    OffsetFetchCall(GroupLink groups, RequestContext context, boolean requireStable) {
        this.groups = groups;
        this.context = context;
        this.requireStable = requireStable;
    }

    CompletionStage<OffsetFetchResponseGroup> ask(OffsetFetchRequestGroup group) {
        List<OffsetFetchResponseTopics> refused = new ArrayList<>();
        List<OffsetFetchRequestTopics> named = group.topics();
        List<OffsetFetchRequestTopics> asked = named == null ? null : permitted(named, refused);
        OffsetFetchRequest request = OffsetFetchRequest.DEFAULT
                .withGroups(List.of(group.withTopics(asked)))
                .withRequireStable(requireStable);
        return groups.ask(
                        group.groupId(),
                        new GroupCommand.Fetch(GroupLink.caller(context), request),
                        OffsetFetchResponse.class,
                        error -> OffsetFetchResponse.DEFAULT.withGroups(List.of(
                                new OffsetFetchResponseGroup(group.groupId(), List.of(), error))))
                .thenApply(answer -> joined(answer.groups().getFirst(), refused));
    }

    private List<OffsetFetchRequestTopics> permitted(
            List<OffsetFetchRequestTopics> named, List<OffsetFetchResponseTopics> refused) {
        List<OffsetFetchRequestTopics> permitted = new ArrayList<>(named.size());
        for (OffsetFetchRequestTopics topic : named) {
            TopicImage known = known(topic);
            boolean byId = context.version() >= TOPIC_ID_VERSION;
            String name = known == null ? topic.name() : known.name();
            if (byId && known == null) {
                refused.add(failed(topic, ErrorCode.UNKNOWN_TOPIC_ID));
            } else if (!groups.allowsTopic(context, Operation.DESCRIBE, name)) {
                refused.add(failed(topic, ErrorCode.TOPIC_AUTHORIZATION_FAILED));
            } else {
                permitted.add(
                        topic.withName(name).withTopicId(known == null ? Uuid.ZERO : known.id()));
            }
        }
        return permitted;
    }

    private @Nullable TopicImage known(OffsetFetchRequestTopics topic) {
        return context.version() >= TOPIC_ID_VERSION
                ? groups.cluster().image().topics().get(topic.topicId())
                : groups.cluster().image().topic(topic.name());
    }

    private static OffsetFetchResponseTopics failed(
            OffsetFetchRequestTopics topic, ErrorCode error) {
        return new OffsetFetchResponseTopics(
                topic.name(),
                topic.topicId(),
                topic.partitionIndexes().stream()
                        .map(one -> new OffsetFetchResponsePartitions(one, NONE, NONE, "", error))
                        .toList());
    }

    /// Who asked for everything hears only of topics that it may see.
    private OffsetFetchResponseGroup joined(
            OffsetFetchResponseGroup answer, List<OffsetFetchResponseTopics> refused) {
        if (answer.errorCode() != ErrorCode.NONE) {
            return answer;
        }
        List<OffsetFetchResponseTopics> topics = new ArrayList<>(refused);
        answer.topics().stream()
                .filter(topic -> groups.allowsTopic(context, Operation.DESCRIBE, topic.name()))
                .forEach(topics::add);
        return answer.withTopics(topics);
    }
}
