package io.millrace.group;

import io.millrace.cluster.SortedTree;
import io.millrace.machine.Decision;
import io.millrace.protocol.DescribeGroupsRequest;
import io.millrace.protocol.DescribeGroupsResponse;
import io.millrace.protocol.DescribeGroupsResponse.DescribedGroup;
import io.millrace.protocol.DescribeGroupsResponse.DescribedGroupMember;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.ListGroupsRequest;
import io.millrace.protocol.ListGroupsResponse;
import io.millrace.protocol.ListGroupsResponse.ListedGroup;
import io.millrace.protocol.Response;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// DescribeGroups, for classic groups, and ListGroups, for all.
final class GroupDescriptions {
    private static final int NOT_FOUND_VERSION = 6;
    private static final String CLASSIC = "classic";
    private static final String CONSUMER = "consumer";

    private GroupDescriptions() {}

    static Decision<GroupCommand, GroupRecord, Response> describe(
            Draft draft, Caller caller, DescribeGroupsRequest request) {
        List<DescribedGroup> described = new ArrayList<>(request.groups().size());
        for (String groupId : request.groups()) {
            if (draft.state().group(groupId) instanceof ClassicGroup group) {
                described.add(described(group));
            } else {
                described.add(missing(groupId, draft.state().group(groupId), caller));
            }
        }
        return draft.reply(DescribeGroupsResponse.DEFAULT.withGroups(described));
    }

    /// Older clients know a group that is not there as a dead one.
    private static DescribedGroup missing(String groupId, @Nullable Group other, Caller caller) {
        DescribedGroup dead = DescribedGroup.DEFAULT.withGroupId(groupId).withGroupState("Dead");
        return caller.apiVersion() < NOT_FOUND_VERSION
                ? dead
                : dead.withErrorCode(ErrorCode.GROUP_ID_NOT_FOUND)
                        .withErrorMessage(
                                other == null
                                        ? "Group " + groupId + " not found."
                                        : "Group " + groupId + " is not a classic group.");
    }

    private static DescribedGroup described(ClassicGroup group) {
        boolean stable = group.phase() instanceof ClassicPhase.Stable;
        List<DescribedGroupMember> members = new ArrayList<>(group.members().size());
        for (ClassicMember member : group.all()) {
            members.add(new DescribedGroupMember(
                    member.id(),
                    member.instanceId(),
                    member.client().id(),
                    member.client().host(),
                    stable ? member.metadata(group.protocolName()) : ClassicMember.NO_BYTES,
                    stable ? member.assignment().duplicate() : ClassicMember.NO_BYTES));
        }
        return DescribedGroup.DEFAULT
                .withGroupId(group.id())
                .withGroupState(group.stateName())
                .withProtocolType(orEmpty(group.protocolType()))
                .withProtocolData(stable ? orEmpty(group.protocolName()) : "")
                .withMembers(members);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    static Decision<GroupCommand, GroupRecord, Response> list(
            Draft draft, ListGroupsRequest request) {
        List<ListedGroup> listed = new ArrayList<>();
        for (SortedTree.Entry<String, Group> entry : draft.state().groups()) {
            ListedGroup one = switch (entry.value()) {
                case ClassicGroup group ->
                    new ListedGroup(
                            group.id(), orEmpty(group.protocolType()), group.stateName(), CLASSIC);
                case ConsumerGroup group ->
                    new ListedGroup(
                            group.id(), ConsumerGroup.PROTOCOL_TYPE, group.stateName(), CONSUMER);
            };
            if (passes(request.statesFilter(), one.groupState())
                    && passes(request.typesFilter(), one.groupType())) {
                listed.add(one);
            }
        }
        return draft.reply(ListGroupsResponse.DEFAULT.withGroups(listed));
    }

    private static boolean passes(List<String> filter, String value) {
        return filter.isEmpty() || filter.stream().anyMatch(value::equalsIgnoreCase);
    }
}
