package io.millrace.group;

import io.millrace.machine.Decision;
import io.millrace.protocol.DeleteGroupsRequest;
import io.millrace.protocol.DeleteGroupsResponse;
import io.millrace.protocol.DeleteGroupsResponse.DeletableGroupResult;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.GroupMetadataKey;
import io.millrace.protocol.Response;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// DeleteGroups, and the end of a group in general.
final class GroupRemoval {
    private GroupRemoval() {}

    static Decision<GroupCommand, GroupRecord, Response> delete(
            Draft draft, DeleteGroupsRequest request) {
        List<DeletableGroupResult> results =
                new ArrayList<>(request.groupsNames().size());
        for (String groupId : request.groupsNames()) {
            Group group = draft.state().group(groupId);
            ErrorCode error = refusal(group);
            if (error == ErrorCode.NONE && group != null) {
                new OffsetRemoval(draft).eraseAll(groupId);
                erase(draft, group);
            }
            results.add(new DeletableGroupResult(groupId, error));
        }
        return draft.reply(DeleteGroupsResponse.DEFAULT.withResults(results));
    }

    private static ErrorCode refusal(@Nullable Group group) {
        if (group == null) {
            return ErrorCode.GROUP_ID_NOT_FOUND;
        }
        return group.isEmpty() ? ErrorCode.NONE : ErrorCode.NON_EMPTY_GROUP;
    }

    /// Tombstones for all that the log holds of the group, its offsets aside.
    static void erase(Draft draft, Group group) {
        switch (group) {
            case ClassicGroup classic -> {
                classic.pending()
                        .forEach(entry ->
                                draft.cancel(TimerKeys.session(classic.id(), entry.key())));
                draft.erase(new GroupMetadataKey(classic.id()));
            }
            case ConsumerGroup consumer -> ConsumerRecords.eraseGroup(draft, consumer);
        }
    }
}
