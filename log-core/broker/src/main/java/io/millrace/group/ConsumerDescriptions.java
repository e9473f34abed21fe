package io.millrace.group;

import io.millrace.cluster.SortedTree;
import io.millrace.cluster.TopicImage;
import io.millrace.cluster.Topics;
import io.millrace.machine.Decision;
import io.millrace.protocol.ConsumerGroupDescribeRequest;
import io.millrace.protocol.ConsumerGroupDescribeResponse;
import io.millrace.protocol.ConsumerGroupDescribeResponse.Assignment;
import io.millrace.protocol.ConsumerGroupDescribeResponse.DescribedGroup;
import io.millrace.protocol.ConsumerGroupDescribeResponse.Member;
import io.millrace.protocol.ConsumerGroupDescribeResponse.TopicPartitions;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.Response;
import io.millrace.protocol.Uuid;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// ConsumerGroupDescribe.
final class ConsumerDescriptions {
    private static final byte CLASSIC_MEMBER = 0;
    private static final byte CONSUMER_MEMBER = 1;

    private ConsumerDescriptions() {}

    static Decision<GroupCommand, GroupRecord, Response> describe(
            Draft draft, ConsumerGroupDescribeRequest request) {
        List<DescribedGroup> described = new ArrayList<>(request.groupIds().size());
        for (String groupId : request.groupIds()) {
            if (groupId.isEmpty()) {
                described.add(DescribedGroup.DEFAULT.withErrorCode(ErrorCode.INVALID_GROUP_ID));
            } else if (draft.state().group(groupId) instanceof ConsumerGroup group) {
                described.add(described(draft, group));
            } else {
                described.add(DescribedGroup.DEFAULT
                        .withGroupId(groupId)
                        .withErrorCode(ErrorCode.GROUP_ID_NOT_FOUND)
                        .withErrorMessage(
                                draft.state().group(groupId) == null
                                        ? "Group " + groupId + " not found."
                                        : "Group " + groupId + " is not a consumer group."));
            }
        }
        return draft.reply(ConsumerGroupDescribeResponse.DEFAULT.withGroups(described));
    }

    private static DescribedGroup described(Draft draft, ConsumerGroup group) {
        Topics topics = draft.state().world().topics();
        List<Member> members = new ArrayList<>(group.members().size());
        for (ConsumerMember member : group.all()) {
            members.add(described(member, group, topics));
        }
        return DescribedGroup.DEFAULT
                .withGroupId(group.id())
                .withGroupState(group.stateName())
                .withGroupEpoch(group.epoch())
                .withAssignmentEpoch(group.target().epoch())
                .withAssignorName(new ConsumerRebalance(draft, group.id()).preferredAssignor())
                .withMembers(members);
    }

    private static Member described(ConsumerMember member, ConsumerGroup group, Topics topics) {
        var profile = member.profile();
        List<TopicPartitions> assigned = new ArrayList<>();
        for (SortedTree.Entry<Uuid, SortedTree<Integer, Integer>> topic : member.assigned()) {
            List<Integer> partitions = new ArrayList<>(topic.value().size());
            topic.value().forEach(entry -> partitions.add(entry.key()));
            add(assigned, topics, topic.key(), partitions);
        }
        List<TopicPartitions> target = new ArrayList<>();
        group.targetOf(member.id())
                .partitions()
                .forEach((topic, partitions) -> add(target, topics, topic, partitions));
        return new Member(
                member.id(),
                profile.instanceId(),
                profile.rackId(),
                member.epoch(),
                profile.clientId(),
                profile.clientHost(),
                profile.subscribedTopicNames(),
                profile.subscribedTopicRegex(),
                new Assignment(assigned),
                new Assignment(target),
                member.isClassic() ? CLASSIC_MEMBER : CONSUMER_MEMBER);
    }

    private static void add(
            List<TopicPartitions> to, Topics topics, Uuid topicId, Collection<Integer> partitions) {
        TopicImage topic = topics.get(topicId);
        if (topic != null) {
            to.add(new TopicPartitions(topicId, topic.name(), List.copyOf(partitions)));
        }
    }
}
