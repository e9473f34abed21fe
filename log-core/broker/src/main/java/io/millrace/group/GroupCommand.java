package io.millrace.group;

import io.millrace.cluster.ClusterImage;
import io.millrace.protocol.ConsumerGroupDescribeRequest;
import io.millrace.protocol.ConsumerGroupHeartbeatRequest;
import io.millrace.protocol.DeleteGroupsRequest;
import io.millrace.protocol.DescribeGroupsRequest;
import io.millrace.protocol.HeartbeatRequest;
import io.millrace.protocol.JoinGroupRequest;
import io.millrace.protocol.LeaveGroupRequest;
import io.millrace.protocol.ListGroupsRequest;
import io.millrace.protocol.OffsetCommitRequest;
import io.millrace.protocol.OffsetDeleteRequest;
import io.millrace.protocol.OffsetFetchRequest;
import io.millrace.protocol.SyncGroupRequest;
import io.millrace.protocol.Uuid;
import java.util.List;

/// What a coordinator can be asked: the requests of clients, each with its caller, and what
/// its timers and its driver tell it. Requests that name many groups come with the groups of this
/// coordinator alone.
public sealed interface GroupCommand {
    /// A request of a client.
    sealed interface Call extends GroupCommand {}

    /// What a timer or the driver tells.
    sealed interface Event extends GroupCommand {}

    record Join(Caller caller, JoinGroupRequest request) implements Call {}

    record Sync(SyncGroupRequest request) implements Call {}

    record Heartbeat(HeartbeatRequest request) implements Call {}

    record Leave(LeaveGroupRequest request) implements Call {}

    record Describe(Caller caller, DescribeGroupsRequest request) implements Call {}

    record ListAll(ListGroupsRequest request) implements Call {}

    record Delete(DeleteGroupsRequest request) implements Call {}

    /// Topics come with name and id both, as far as the cluster knows them.
    record Commit(Caller caller, OffsetCommitRequest request) implements Call {}

    /// Groups only, whatever the version; topics with name and id both.
    record Fetch(Caller caller, OffsetFetchRequest request) implements Call {}

    record DeleteOffsets(OffsetDeleteRequest request) implements Call {}

    record ConsumerHeartbeat(Caller caller, ConsumerGroupHeartbeatRequest request)
            implements Call {}

    record ConsumerDescribe(ConsumerGroupDescribeRequest request) implements Call {}

    /// The first command after loading: starts the timers.
    record Loaded() implements Event {}

    record WorldChanged(ClusterImage image) implements Event {}

    /// Offsets of topics that are gone are erased.
    record TopicsDeleted(List<Uuid> ids, List<String> names) implements Event {
        public TopicsDeleted {
            ids = List.copyOf(ids);
            names = List.copyOf(names);
        }
    }

    record ExpireOffsets() implements Event {}

    /// A member of either kind was silent for its session timeout.
    record SessionExpired(String groupId, String memberId) implements Event {}

    /// The time for members to join a rebalance is over; the first rebalance of a group may extend
    /// it.
    record JoinTimeout(String groupId, int generation) implements Event {}

    record SyncTimeout(String groupId, int generation) implements Event {}

    /// The interval between two assignments of a consumer group is over.
    record AssignmentDue(String groupId) implements Event {}

    /// A member of the consumer protocol did not give up its partitions in time.
    record RevocationTimeout(String groupId, String memberId, int memberEpoch) implements Event {}

    /// A classic member of a consumer group did not rejoin, or did not sync, in time.
    record ClassicMemberTimeout(String groupId, String memberId) implements Event {}
}
