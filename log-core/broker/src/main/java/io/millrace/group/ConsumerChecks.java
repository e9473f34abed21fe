package io.millrace.group;

import io.millrace.protocol.ConsumerGroupHeartbeatRequest;
import io.millrace.protocol.ErrorCode;
import org.jspecify.annotations.Nullable;

/// What can be said of a ConsumerGroupHeartbeat without looking at the group, in Kafka's order.
final class ConsumerChecks {
    private static final int MEMBER_ID_VERSION = 1;

    private ConsumerChecks() {}

    static Refusal check(
            ConsumerGroupHeartbeatRequest request, int apiVersion, GroupConfig config) {
        int epoch = request.memberEpoch();
        boolean needsMemberId =
                apiVersion >= MEMBER_ID_VERSION || epoch > 0 || epoch == ConsumerMember.LEFT;
        if (needsMemberId && request.memberId().isBlank()) {
            return invalid("MemberId can't be empty.");
        }
        if (request.groupId().isBlank()) {
            return invalid("GroupId can't be empty.");
        }
        if (isBlank(request.instanceId())) {
            return invalid("InstanceId can't be empty.");
        }
        if (isBlank(request.rackId())) {
            return invalid("RackId can't be empty.");
        }
        Refusal refusal = checkEpoch(request);
        String assignor = request.serverAssignor();
        if (refusal.isNone()
                && assignor != null
                && !config.consumerAssignors().contains(assignor)) {
            return new Refusal(
                    ErrorCode.UNSUPPORTED_ASSIGNOR,
                    "ServerAssignor " + assignor
                            + " is not supported. Supported assignors: "
                            + String.join(", ", config.consumerAssignors()) + ".");
        }
        return refusal;
    }

    private static Refusal checkEpoch(ConsumerGroupHeartbeatRequest request) {
        int epoch = request.memberEpoch();
        if (epoch == 0) {
            if (request.rebalanceTimeoutMs() == -1) {
                return invalid("RebalanceTimeoutMs must be provided in first request.");
            }
            var owned = request.topicPartitions();
            if (owned == null || !owned.isEmpty()) {
                return invalid("TopicPartitions must be empty when (re-)joining.");
            }
            if (request.subscribedTopicNames() == null && request.subscribedTopicRegex() == null) {
                return invalid("Either SubscribedTopicNames or SubscribedTopicRegex must be"
                        + " non-null when (re-)joining.");
            }
        }
        if (epoch == ConsumerMember.AWAY && request.instanceId() == null) {
            return invalid("InstanceId can't be null.");
        }
        return epoch < ConsumerMember.AWAY ? invalid("MemberEpoch is invalid.") : Refusal.NONE;
    }

    private static boolean isBlank(@Nullable String text) {
        return text != null && text.isBlank();
    }

    private static Refusal invalid(String message) {
        return new Refusal(ErrorCode.INVALID_REQUEST, message);
    }
}
