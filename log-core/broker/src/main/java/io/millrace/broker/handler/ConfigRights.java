package io.millrace.broker.handler;

import io.millrace.broker.request.Authorizer;
import io.millrace.broker.request.Operation;
import io.millrace.broker.request.RequestContext;
import io.millrace.broker.request.Resource;
import io.millrace.cluster.ConfigResource;
import io.millrace.protocol.ErrorCode;

/// Who may see or change whose configuration: that of a topic or a group goes with the topic or the
/// group, everything else with the cluster.
record ConfigRights(Authorizer authorizer, Operation operation) {
    /// What is to be said to who may not; NONE to who may.
    ErrorCode refusal(byte type, String name, RequestContext context) {
        Resource resource = switch (ConfigResource.Kind.of(type)) {
            case TOPIC -> Resource.topic(name);
            case GROUP -> Resource.group(name);
            case BROKER, BROKER_LOGGER, CLIENT_METRICS, UNKNOWN -> Resource.CLUSTER;
        };
        if (authorizer.isAllowed(context, operation, resource)) {
            return ErrorCode.NONE;
        }
        return switch (resource.kind()) {
            case TOPIC -> ErrorCode.TOPIC_AUTHORIZATION_FAILED;
            case GROUP -> ErrorCode.GROUP_AUTHORIZATION_FAILED;
            case CLUSTER, TRANSACTIONAL_ID -> ErrorCode.CLUSTER_AUTHORIZATION_FAILED;
        };
    }
}
