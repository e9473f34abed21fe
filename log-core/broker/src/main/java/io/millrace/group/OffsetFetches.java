package io.millrace.group;

import io.millrace.cluster.SortedTree;
import io.millrace.cluster.TopicImage;
import io.millrace.machine.Decision;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.OffsetFetchRequest;
import io.millrace.protocol.OffsetFetchRequest.OffsetFetchRequestGroup;
import io.millrace.protocol.OffsetFetchRequest.OffsetFetchRequestTopics;
import io.millrace.protocol.OffsetFetchResponse;
import io.millrace.protocol.OffsetFetchResponse.OffsetFetchResponseGroup;
import io.millrace.protocol.OffsetFetchResponse.OffsetFetchResponsePartitions;
import io.millrace.protocol.OffsetFetchResponse.OffsetFetchResponseTopics;
import io.millrace.protocol.Response;
import io.millrace.protocol.Uuid;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// OffsetFetch, for each group of the request.
final class OffsetFetches {
    private static final int TOPIC_ID_VERSION = 10;

    private final Draft draft;
    private final Caller caller;

    OffsetFetches(Draft draft, Caller caller) {
        this.draft = draft;
        this.caller = caller;
    }

    Decision<GroupCommand, GroupRecord, Response> decide(OffsetFetchRequest request) {
        List<OffsetFetchResponseGroup> groups = new ArrayList<>(request.groups().size());
        for (OffsetFetchRequestGroup group : request.groups()) {
            ErrorCode error = refusal(group);
            groups.add(
                    error == ErrorCode.NONE
                            ? fetch(group)
                            : new OffsetFetchResponseGroup(group.groupId(), List.of(), error));
        }
        return draft.reply(OffsetFetchResponse.DEFAULT.withGroups(groups));
    }

    private ErrorCode refusal(OffsetFetchRequestGroup request) {
        if (!(draft.state().group(request.groupId()) instanceof ConsumerGroup group)) {
            return ErrorCode.NONE;
        }
        String memberId = request.memberId();
        if ((memberId == null || memberId.isEmpty()) && request.memberEpoch() < 0) {
            return ErrorCode.NONE;
        }
        ConsumerMember member = memberId == null ? null : group.members().get(memberId);
        if (member == null) {
            return ErrorCode.UNKNOWN_MEMBER_ID;
        }
        if (request.memberEpoch() == member.epoch()) {
            return ErrorCode.NONE;
        }
        return member.isClassic() ? ErrorCode.ILLEGAL_GENERATION : ErrorCode.STALE_MEMBER_EPOCH;
    }

    private OffsetFetchResponseGroup fetch(OffsetFetchRequestGroup request) {
        SortedTree<OffsetKey, CommittedOffset> offsets = draft.state().offsetsOf(request.groupId());
        List<OffsetFetchRequestTopics> asked = request.topics();
        List<OffsetFetchResponseTopics> topics =
                asked == null ? everything(offsets) : these(asked, offsets);
        return new OffsetFetchResponseGroup(request.groupId(), topics, ErrorCode.NONE);
    }

    private static List<OffsetFetchResponseTopics> these(
            List<OffsetFetchRequestTopics> asked, SortedTree<OffsetKey, CommittedOffset> offsets) {
        List<OffsetFetchResponseTopics> topics = new ArrayList<>(asked.size());
        for (OffsetFetchRequestTopics topic : asked) {
            List<OffsetFetchResponsePartitions> partitions =
                    new ArrayList<>(topic.partitionIndexes().size());
            for (int partition : topic.partitionIndexes()) {
                CommittedOffset offset = offsets.get(new OffsetKey(topic.name(), partition));
                partitions.add(
                        offset != null && isOfTopic(offset, topic.topicId())
                                ? found(partition, offset)
                                : missing(partition));
            }
            topics.add(new OffsetFetchResponseTopics(topic.name(), topic.topicId(), partitions));
        }
        return topics;
    }

    /// Offsets of a topic that was deleted are not those of a new one of its name.
    private static boolean isOfTopic(CommittedOffset offset, Uuid topicId) {
        return offset.topicId().isZero() || topicId.isZero() || offset.topicId().equals(topicId);
    }

    private List<OffsetFetchResponseTopics> everything(
            SortedTree<OffsetKey, CommittedOffset> offsets) {
        Map<String, List<OffsetFetchResponsePartitions>> byTopic = new TreeMap<>();
        for (SortedTree.Entry<OffsetKey, CommittedOffset> entry : offsets) {
            byTopic.computeIfAbsent(entry.key().topic(), _ -> new ArrayList<>())
                    .add(found(entry.key().partition(), entry.value()));
        }
        List<OffsetFetchResponseTopics> topics = new ArrayList<>(byTopic.size());
        byTopic.forEach((name, partitions) -> {
            TopicImage topic = draft.state().world().topic(name);
            Uuid id = topic == null ? Uuid.ZERO : topic.id();
            // An answer that names topics by id alone cannot speak of one that is gone.
            if (topic != null || caller.apiVersion() < TOPIC_ID_VERSION) {
                topics.add(new OffsetFetchResponseTopics(name, id, partitions));
            }
        });
        return topics;
    }

    private static OffsetFetchResponsePartitions found(int partition, CommittedOffset offset) {
        return new OffsetFetchResponsePartitions(
                partition,
                offset.offset(),
                offset.leaderEpoch(),
                offset.metadata(),
                ErrorCode.NONE);
    }

    private static OffsetFetchResponsePartitions missing(int partition) {
        return new OffsetFetchResponsePartitions(
                partition,
                CommittedOffset.INVALID_OFFSET,
                CommittedOffset.NO_EPOCH,
                "",
                ErrorCode.NONE);
    }
}
