package io.millrace.group;

import io.millrace.cluster.SortedTree;
import io.millrace.group.ConsumerSubscriptions.Parsed;
import io.millrace.machine.Decision;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.OffsetCommitKey;
import io.millrace.protocol.OffsetDeleteRequest;
import io.millrace.protocol.OffsetDeleteRequest.OffsetDeleteRequestPartition;
import io.millrace.protocol.OffsetDeleteRequest.OffsetDeleteRequestTopic;
import io.millrace.protocol.OffsetDeleteResponse;
import io.millrace.protocol.OffsetDeleteResponse.OffsetDeleteResponsePartition;
import io.millrace.protocol.OffsetDeleteResponse.OffsetDeleteResponseTopic;
import io.millrace.protocol.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The ways in which offsets go: OffsetDelete, age, and the end of their topic.
final class OffsetRemoval {
    private static final long MINUTE_MS = 60_000;

    private final Draft draft;

    OffsetRemoval(Draft draft) {
        this.draft = draft;
    }

    Decision<GroupCommand, GroupRecord, Response> delete(OffsetDeleteRequest request) {
        Group group = draft.state().group(request.groupId());
        ErrorCode error = refusal(request.groupId(), group);
        if (error != ErrorCode.NONE || group == null) {
            return draft.reply(OffsetDeleteResponse.DEFAULT.withErrorCode(error));
        }
        List<OffsetDeleteResponseTopic> topics =
                new ArrayList<>(request.topics().size());
        for (OffsetDeleteRequestTopic topic : request.topics()) {
            ErrorCode subscribed = isSubscribed(group, topic.name())
                    ? ErrorCode.GROUP_SUBSCRIBED_TO_TOPIC
                    : ErrorCode.NONE;
            List<OffsetDeleteResponsePartition> partitions =
                    new ArrayList<>(topic.partitions().size());
            for (OffsetDeleteRequestPartition partition : topic.partitions()) {
                OffsetKey place = new OffsetKey(topic.name(), partition.partitionIndex());
                if (subscribed == ErrorCode.NONE) {
                    erase(group.id(), place);
                }
                partitions.add(new OffsetDeleteResponsePartition(place.partition(), subscribed));
            }
            topics.add(new OffsetDeleteResponseTopic(topic.name(), partitions));
        }
        return draft.reply(OffsetDeleteResponse.DEFAULT.withTopics(topics));
    }

    private static ErrorCode refusal(String groupId, @Nullable Group group) {
        if (groupId.isEmpty()) {
            return ErrorCode.INVALID_GROUP_ID;
        }
        if (group == null) {
            return ErrorCode.GROUP_ID_NOT_FOUND;
        }
        boolean busy = group instanceof ClassicGroup classic
                && !classic.isEmpty()
                && !classic.usesConsumerProtocol();
        return busy ? ErrorCode.NON_EMPTY_GROUP : ErrorCode.NONE;
    }

    private static boolean isSubscribed(Group group, String topic) {
        return switch (group) {
            case ClassicGroup classic ->
                classicSubscription(classic)
                        .map(topics -> topics.contains(topic))
                        .orElse(classic.usesConsumerProtocol() && !classic.isEmpty());
            case ConsumerGroup consumer -> consumer.subscribedTopics().containsKey(topic);
        };
    }

    /// Empty when the members' metadata does not tell.
    private static Optional<SortedSet<String>> classicSubscription(ClassicGroup group) {
        if (!group.usesConsumerProtocol() || group.protocolName() == null) {
            return Optional.empty();
        }
        SortedSet<String> topics = new TreeSet<>();
        for (ClassicMember member : group.all()) {
            Optional<Parsed> parsed =
                    ConsumerSubscriptions.parse(member.metadata(group.protocolName()));
            if (parsed.isEmpty()) {
                return Optional.empty();
            }
            topics.addAll(parsed.get().subscription().topics());
        }
        return Optional.of(topics);
    }

    private void erase(String groupId, OffsetKey place) {
        if (draft.state().offsetsOf(groupId).contains(place)) {
            draft.erase(new OffsetCommitKey(groupId, place.topic(), place.partition()));
        }
    }

    void eraseAll(String groupId) {
        for (SortedTree.Entry<OffsetKey, CommittedOffset> entry :
                draft.state().offsetsOf(groupId)) {
            erase(groupId, entry.key());
        }
    }

    void topicsDeleted(GroupCommand.TopicsDeleted deleted) {
        for (var group : draft.state().offsets()) {
            for (var entry : group.value()) {
                if (deleted.ids().contains(entry.value().topicId())
                        || deleted.names().contains(entry.key().topic())) {
                    erase(group.key(), entry.key());
                }
            }
        }
    }

    /// Erases what is too old, and groups that are empty and hold no offsets any more.
    void expire() {
        for (var entry : draft.state().groups()) {
            Group group = entry.value();
            boolean allGone = expire(group);
            boolean awaited =
                    group instanceof ClassicGroup classic && !classic.pending().isEmpty();
            if (allGone && group.isEmpty() && !awaited) {
                GroupRemoval.erase(draft, group);
            }
        }
    }

    private boolean expire(Group group) {
        boolean allGone = true;
        for (var entry : draft.state().offsetsOf(group.id())) {
            if (isExpired(group, entry.key(), entry.value())) {
                erase(group.id(), entry.key());
            } else {
                allGone = false;
            }
        }
        return allGone;
    }

    private boolean isExpired(Group group, OffsetKey place, CommittedOffset offset) {
        Optional<Long> since = unusedSince(group, place, offset);
        if (since.isEmpty()) {
            return false;
        }
        if (offset.expireMs() != CommittedOffset.NO_EXPIRY) {
            return draft.nowMs() >= offset.expireMs();
        }
        long retentionMs = draft.config().offsetsRetentionMinutes() * MINUTE_MS;
        return draft.nowMs() - since.get() >= retentionMs;
    }

    /// From when the retention of an offset counts; empty while it is in use.
    private static Optional<Long> unusedSince(
            Group group, OffsetKey place, CommittedOffset offset) {
        return switch (group) {
            case ConsumerGroup consumer ->
                consumer.subscribedTopics().containsKey(place.topic())
                        ? Optional.empty()
                        : Optional.of(offset.commitMs());
            case ClassicGroup classic -> {
                if (classic.protocolType() == null) {
                    yield Optional.of(offset.commitMs());
                }
                if (classic.isEmpty()) {
                    // Since the group became empty, where that was stored.
                    yield Optional.of(
                            classic.sinceMs() < 0 ? offset.commitMs() : classic.sinceMs());
                }
                yield classic.phase() instanceof ClassicPhase.Stable
                                && classicSubscription(classic)
                                        .map(topics -> !topics.contains(place.topic()))
                                        .orElse(false)
                        ? Optional.of(offset.commitMs())
                        : Optional.empty();
            }
        };
    }
}
