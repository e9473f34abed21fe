package io.millrace.broker;

import io.millrace.broker.handler.ConsumerGroupDescribeHandler;
import io.millrace.broker.handler.ConsumerGroupHeartbeatHandler;
import io.millrace.broker.handler.DeleteGroupsHandler;
import io.millrace.broker.handler.DescribeGroupsHandler;
import io.millrace.broker.handler.FindCoordinatorHandler;
import io.millrace.broker.handler.GroupLink;
import io.millrace.broker.handler.HeartbeatHandler;
import io.millrace.broker.handler.JoinGroupHandler;
import io.millrace.broker.handler.LeaveGroupHandler;
import io.millrace.broker.handler.ListGroupsHandler;
import io.millrace.broker.handler.OffsetCommitHandler;
import io.millrace.broker.handler.OffsetDeleteHandler;
import io.millrace.broker.handler.OffsetFetchHandler;
import io.millrace.broker.handler.SyncGroupHandler;
import io.millrace.broker.handler.TopicCreator;

/// Handlers of groups and their offsets.
record GroupHandlers(
        FindCoordinatorHandler findCoordinator,
        JoinGroupHandler joinGroup,
        SyncGroupHandler syncGroup,
        HeartbeatHandler heartbeat,
        LeaveGroupHandler leaveGroup,
        DescribeGroupsHandler describeGroups,
        ListGroupsHandler listGroups,
        DeleteGroupsHandler deleteGroups,
        OffsetCommitHandler offsetCommit,
        OffsetFetchHandler offsetFetch,
        OffsetDeleteHandler offsetDelete,
        ConsumerGroupHeartbeatHandler consumerGroupHeartbeat,
        ConsumerGroupDescribeHandler consumerGroupDescribe) {
    static GroupHandlers of(GroupLink groups, TopicCreator creator) {
        return new GroupHandlers(
                new FindCoordinatorHandler(groups, creator),
                new JoinGroupHandler(groups),
                new SyncGroupHandler(groups),
                new HeartbeatHandler(groups),
                new LeaveGroupHandler(groups),
                new DescribeGroupsHandler(groups),
                new ListGroupsHandler(groups),
                new DeleteGroupsHandler(groups),
                new OffsetCommitHandler(groups),
                new OffsetFetchHandler(groups),
                new OffsetDeleteHandler(groups),
                new ConsumerGroupHeartbeatHandler(groups),
                new ConsumerGroupDescribeHandler(groups));
    }
}
