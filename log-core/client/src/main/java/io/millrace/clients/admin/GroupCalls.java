package io.millrace.clients.admin;

import io.millrace.clients.network.ClusterClient.CoordinatorType;
import io.millrace.common.GroupState;
import io.millrace.common.GroupType;
import io.millrace.common.KafkaFuture;
import io.millrace.common.Node;
import io.millrace.common.TopicPartition;
import io.millrace.protocol.ConsumerGroupDescribeRequest;
import io.millrace.protocol.ConsumerGroupDescribeResponse;
import io.millrace.protocol.ConsumerProtocolAssignment;
import io.millrace.protocol.DeleteGroupsRequest;
import io.millrace.protocol.DeleteGroupsResponse;
import io.millrace.protocol.DescribeGroupsRequest;
import io.millrace.protocol.DescribeGroupsResponse;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.LeaveGroupRequest;
import io.millrace.protocol.LeaveGroupResponse;
import io.millrace.protocol.ListGroupsRequest;
import io.millrace.protocol.ListGroupsResponse;
import io.millrace.protocol.MalformedFrame;
import io.millrace.protocol.WireReader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Groups: list, describe, delete, remove members.
final class GroupCalls {
    private final Calls calls;

    GroupCalls(Calls calls) {
        this.calls = calls;
    }

    /// Every broker knows the groups that it coordinates.
    ListGroupsResult list(ListGroupsOptions options) {
        var request = new ListGroupsRequest(
                options.inGroupStates().stream().map(GroupState::toString).toList(),
                options.withTypes().stream().map(GroupType::toString).toList());
        return new ListGroupsResult(KafkaFuture.of(calls.client()
                .call(() -> calls.client()
                        .retry(
                                calls.timeoutMs(),
                                () -> calls.client().metadata().refresh().thenCompose(view -> {
                                    var groups = new LinkedHashMap<String, GroupListing>();
                                    var waits = new ArrayList<CompletableFuture<?>>();
                                    view.nodes()
                                            .forEach(node -> waits.add(calls.client()
                                                    .send(node.id(), request)
                                                    .thenAccept(answer -> ((ListGroupsResponse)
                                                                    answer)
                                                            .groups()
                                                            .forEach(g -> groups.put(
                                                                    g.groupId(),
                                                                    listing(
                                                                            (ListGroupsResponse)
                                                                                    answer,
                                                                            g))))
                                                    .toCompletableFuture()));
                                    return CompletableFuture.allOf(
                                                    waits.toArray(new CompletableFuture<?>[0]))
                                            .thenApply(all -> (Collection<GroupListing>)
                                                    List.copyOf(groups.values()));
                                })))));
    }

    private static GroupListing listing(
            ListGroupsResponse response, ListGroupsResponse.ListedGroup group) {
        Calls.check(response.errorCode(), null);
        return new GroupListing(
                group.groupId(),
                group.groupType().isEmpty()
                        ? Optional.empty()
                        : Optional.of(GroupType.parse(group.groupType())),
                group.protocolType(),
                group.groupState().isEmpty()
                        ? Optional.empty()
                        : Optional.of(GroupState.parse(group.groupState())));
    }

    DescribeConsumerGroupsResult describe(Collection<String> groups) {
        var futures = new LinkedHashMap<String, KafkaFuture<ConsumerGroupDescription>>();
        groups.forEach(group -> futures.put(group, calls.ofGroup(group, () -> describe(group))));
        return new DescribeConsumerGroupsResult(futures);
    }

    /// Asks for a group of the consumer protocol first; a classic group answers GROUP_ID_NOT_FOUND
    /// to that, and an old broker does not know the question.
    private CompletionStage<ConsumerGroupDescription> describe(String group) {
        return calls.client()
                .coordinators()
                .find(CoordinatorType.GROUP, group)
                .thenCompose(node -> calls.toCoordinator(
                                group, new ConsumerGroupDescribeRequest(List.of(group), false))
                        .handle((answer, failure) -> {
                            if (failure == null) {
                                var described = ((ConsumerGroupDescribeResponse) answer)
                                        .groups()
                                        .getFirst();
                                if (described.errorCode() == ErrorCode.NONE) {
                                    return CompletableFuture.completedStage(
                                            consumerGroup(described, node));
                                }
                                if (described.errorCode() != ErrorCode.GROUP_ID_NOT_FOUND
                                        && described.errorCode() != ErrorCode.UNSUPPORTED_VERSION) {
                                    throw io.millrace.common.errors.Failures.of(
                                            described.errorCode(), described.errorMessage());
                                }
                            }
                            return classic(group, node);
                        })
                        .thenCompose(stage -> stage));
    }

    private CompletionStage<ConsumerGroupDescription> classic(String group, Node node) {
        return calls.toCoordinator(group, new DescribeGroupsRequest(List.of(group), false))
                .thenApply(answer -> {
                    var described = ((DescribeGroupsResponse) answer).groups().getFirst();
                    Calls.check(described.errorCode(), described.errorMessage());
                    var members = described.members().stream()
                            .map(GroupCalls::classicMember)
                            .toList();
                    return new ConsumerGroupDescription(
                            group,
                            GroupType.CLASSIC,
                            GroupState.parse(described.groupState()),
                            described.protocolData(),
                            node,
                            members,
                            Optional.empty());
                });
    }

    private static MemberDescription classicMember(
            DescribeGroupsResponse.DescribedGroupMember member) {
        return new MemberDescription(
                member.memberId(),
                Optional.ofNullable(member.groupInstanceId()),
                member.clientId(),
                member.clientHost(),
                assignment(member.memberAssignment()),
                Optional.empty(),
                Optional.empty());
    }

    /// Groups that are not of consumers have assignments of their own form: shown as empty.
    private static MemberAssignment assignment(ByteBuffer bytes) {
        var partitions = new LinkedHashSet<TopicPartition>();
        if (bytes.remaining() >= Short.BYTES) {
            try {
                var in = new WireReader(bytes);
                int version = Math.min(in.int16(), ConsumerProtocolAssignment.HIGHEST_VERSION);
                ConsumerProtocolAssignment.read(in, version)
                        .assignedPartitions()
                        .forEach(t -> t.partitions()
                                .forEach(p -> partitions.add(new TopicPartition(t.topic(), p))));
            } catch (MalformedFrame foreign) {
                partitions.clear();
            }
        }
        return new MemberAssignment(partitions);
    }

    private static ConsumerGroupDescription consumerGroup(
            ConsumerGroupDescribeResponse.DescribedGroup group, Node node) {
        var members = new ArrayList<MemberDescription>();
        for (var member : group.members()) {
            members.add(new MemberDescription(
                    member.memberId(),
                    Optional.ofNullable(member.instanceId()),
                    member.clientId(),
                    member.clientHost(),
                    assignment(member.assignment()),
                    Optional.of(assignment(member.targetAssignment())),
                    Optional.of(member.memberEpoch())));
        }
        return new ConsumerGroupDescription(
                group.groupId(),
                GroupType.CONSUMER,
                GroupState.parse(group.groupState()),
                group.assignorName(),
                node,
                members,
                Optional.of(group.groupEpoch()));
    }

    private static MemberAssignment assignment(
            ConsumerGroupDescribeResponse.Assignment assignment) {
        var partitions = new LinkedHashSet<TopicPartition>();
        assignment
                .topicPartitions()
                .forEach(t -> t.partitions()
                        .forEach(p -> partitions.add(new TopicPartition(t.topicName(), p))));
        return new MemberAssignment(partitions);
    }

    DeleteConsumerGroupsResult delete(Collection<String> groups) {
        var futures = new LinkedHashMap<String, KafkaFuture<Void>>();
        groups.forEach(group -> futures.put(
                group,
                calls.ofGroup(
                        group,
                        () -> calls.toCoordinator(group, new DeleteGroupsRequest(List.of(group)))
                                .thenAccept(answer -> Calls.check(
                                        ((DeleteGroupsResponse) answer)
                                                .results()
                                                .getFirst()
                                                .errorCode(),
                                        null)))));
        return new DeleteConsumerGroupsResult(futures);
    }

    RemoveMembersFromConsumerGroupResult remove(
            String group, RemoveMembersFromConsumerGroupOptions options) {
        CompletionStage<List<LeaveGroupRequest.MemberIdentity>> leaving =
                options.members().isEmpty()
                        ? everybody(group, options.reason()).toCompletionStage()
                        : CompletableFuture.completedStage(options.members().stream()
                                .map(m -> new LeaveGroupRequest.MemberIdentity(
                                        "", m.groupInstanceId(), options.reason()))
                                .toList());
        return new RemoveMembersFromConsumerGroupResult(KafkaFuture.of(leaving.thenCompose(
                members -> calls.ofGroup(
                                group,
                                () -> calls.toCoordinator(
                                                group,
                                                LeaveGroupRequest.DEFAULT
                                                        .withGroupId(group)
                                                        .withMembers(members))
                                        .thenAccept(answer -> {
                                            var left = (LeaveGroupResponse) answer;
                                            Calls.check(left.errorCode(), null);
                                            left.members()
                                                    .forEach(m -> Calls.check(m.errorCode(), null));
                                        }))
                        .toCompletionStage())));
    }

    private KafkaFuture<List<LeaveGroupRequest.MemberIdentity>> everybody(
            String group, String reason) {
        return calls.ofGroup(group, () -> describe(group))
                .thenApply(described -> described.members().stream()
                        .map(m -> new LeaveGroupRequest.MemberIdentity(
                                m.memberId(), m.groupInstanceId().orElse(null), reason))
                        .toList());
    }
}
