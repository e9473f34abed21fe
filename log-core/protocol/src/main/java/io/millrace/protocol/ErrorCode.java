package io.millrace.protocol;

/// Every error that can stand in an answer, by Kafka's numbers. A *retriable* one may go away by
/// itself.
public enum ErrorCode {
    UNKNOWN_SERVER_ERROR(-1, false, "The server met an error that it cannot name."),
    NONE(0, false, "No error."),
    OFFSET_OUT_OF_RANGE(1, false, "The offset lies outside of what the partition holds."),
    CORRUPT_MESSAGE(2, true, "The batch does not match its checksum or is otherwise damaged."),
    UNKNOWN_TOPIC_OR_PARTITION(3, true, "This server does not have that topic or partition."),
    INVALID_FETCH_SIZE(4, false, "The fetch size is not valid."),
    LEADER_NOT_AVAILABLE(5, true, "The partition has no leader at the moment."),
    NOT_LEADER_OR_FOLLOWER(6, true, "This server neither leads nor follows the partition."),
    REQUEST_TIMED_OUT(7, true, "The request was not completed in time."),
    BROKER_NOT_AVAILABLE(8, false, "The broker cannot be reached."),
    REPLICA_NOT_AVAILABLE(9, true, "The replica cannot be reached or does not exist."),
    MESSAGE_TOO_LARGE(10, false, "The batch is larger than the topic or the server allows."),
    STALE_CONTROLLER_EPOCH(11, false, "A newer controller has taken over."),
    OFFSET_METADATA_TOO_LARGE(12, false, "The metadata beside the offset is too long."),
    NETWORK_EXCEPTION(13, true, "The connection was lost before the answer came."),
    COORDINATOR_LOAD_IN_PROGRESS(14, true, "The coordinator is still reading its log."),
    COORDINATOR_NOT_AVAILABLE(15, true, "There is no coordinator at the moment."),
    NOT_COORDINATOR(16, true, "Another server coordinates this."),
    INVALID_TOPIC_EXCEPTION(
            17, false, "The topic's name is not valid, or the topic may not be used so."),
    RECORD_LIST_TOO_LARGE(18, false, "The records are larger together than a segment."),
    NOT_ENOUGH_REPLICAS(19, true, "Fewer replicas are in sync than the topic demands."),
    NOT_ENOUGH_REPLICAS_AFTER_APPEND(
            20, true, "The records were appended, but too few replicas are in sync."),
    INVALID_REQUIRED_ACKS(21, false, "acks must be -1, 0 or 1."),
    ILLEGAL_GENERATION(22, false, "The group is in another generation."),
    INCONSISTENT_GROUP_PROTOCOL(
            23, false, "The member supports none of the protocols that the group's members share."),
    INVALID_GROUP_ID(24, false, "The group's id is not valid."),
    UNKNOWN_MEMBER_ID(25, false, "The group has no such member."),
    INVALID_SESSION_TIMEOUT(26, false, "The session timeout is outside of what the server allows."),
    REBALANCE_IN_PROGRESS(27, false, "The group is rebalancing: join again."),
    INVALID_COMMIT_OFFSET_SIZE(28, false, "The commit is larger than a record may be."),
    TOPIC_AUTHORIZATION_FAILED(29, false, "Access to the topic was denied."),
    GROUP_AUTHORIZATION_FAILED(30, false, "Access to the group was denied."),
    CLUSTER_AUTHORIZATION_FAILED(31, false, "Access to the cluster was denied."),
    INVALID_TIMESTAMP(32, false, "The timestamp is too far from the server's time."),
    UNSUPPORTED_SASL_MECHANISM(33, false, "The server does not offer this SASL mechanism."),
    ILLEGAL_SASL_STATE(34, false, "This request does not fit the state of the authentication."),
    UNSUPPORTED_VERSION(35, false, "The server does not speak this version of the request."),
    TOPIC_ALREADY_EXISTS(36, false, "There is a topic of this name already."),
    INVALID_PARTITIONS(37, false, "The number of partitions is not valid."),
    INVALID_REPLICATION_FACTOR(
            38, false, "The replication factor is below 1 or above the number of brokers."),
    INVALID_REPLICA_ASSIGNMENT(39, false, "The assignment of replicas is not valid."),
    INVALID_CONFIG(40, false, "The configuration is not valid."),
    NOT_CONTROLLER(41, true, "Another server is the active controller."),
    INVALID_REQUEST(42, false, "The request contradicts itself or the protocol."),
    UNSUPPORTED_FOR_MESSAGE_FORMAT(43, false, "The format of the records has no place for this."),
    POLICY_VIOLATION(44, false, "A policy of the cluster forbids it."),
    OUT_OF_ORDER_SEQUENCE_NUMBER(45, false, "The producer's sequence number leaves a gap."),
    DUPLICATE_SEQUENCE_NUMBER(46, false, "A batch with this sequence number was appended before."),
    INVALID_PRODUCER_EPOCH(
            47, false, "The producer's epoch is older than one the server has seen."),
    INVALID_TXN_STATE(48, false, "The transaction is in a state that does not allow this."),
    INVALID_PRODUCER_ID_MAPPING(49, false, "The transactional id belongs to another producer id."),
    INVALID_TRANSACTION_TIMEOUT(
            50, false, "The transaction timeout is longer than the server allows."),
    CONCURRENT_TRANSACTIONS(
            51, true, "Another operation of the same transactional id is under way."),
    TRANSACTION_COORDINATOR_FENCED(52, false, "A newer transaction coordinator has taken over."),
    TRANSACTIONAL_ID_AUTHORIZATION_FAILED(53, false, "Access to the transactional id was denied."),
    SECURITY_DISABLED(54, false, "The server has no authorizer."),
    OPERATION_NOT_ATTEMPTED(
            55, false, "Another part of the request failed, so this was not tried."),
    KAFKA_STORAGE_ERROR(56, true, "The disk failed."),
    LOG_DIR_NOT_FOUND(57, false, "The server has no such log directory."),
    SASL_AUTHENTICATION_FAILED(58, false, "Authentication failed."),
    UNKNOWN_PRODUCER_ID(59, false, "The server knows nothing of this producer id any more."),
    REASSIGNMENT_IN_PROGRESS(60, false, "The partition is being reassigned."),
    DELEGATION_TOKEN_AUTH_DISABLED(61, false, "Delegation tokens are not enabled."),
    DELEGATION_TOKEN_NOT_FOUND(62, false, "There is no such delegation token."),
    DELEGATION_TOKEN_OWNER_MISMATCH(63, false, "The delegation token belongs to somebody else."),
    DELEGATION_TOKEN_REQUEST_NOT_ALLOWED(
            64, false, "This connection may not ask for delegation tokens."),
    DELEGATION_TOKEN_AUTHORIZATION_FAILED(65, false, "Access to the delegation token was denied."),
    DELEGATION_TOKEN_EXPIRED(66, false, "The delegation token has expired."),
    INVALID_PRINCIPAL_TYPE(67, false, "Principals of this type are not supported."),
    NON_EMPTY_GROUP(68, false, "The group still has members."),
    GROUP_ID_NOT_FOUND(69, false, "There is no such group."),
    FETCH_SESSION_ID_NOT_FOUND(70, true, "The server no longer has this fetch session."),
    INVALID_FETCH_SESSION_EPOCH(71, true, "The epoch is not the next one of the fetch session."),
    LISTENER_NOT_FOUND(
            72, true, "The leader has no listener of the name this request came through."),
    TOPIC_DELETION_DISABLED(73, false, "Deletion of topics is switched off."),
    FENCED_LEADER_EPOCH(74, true, "The leader epoch is older than the server's."),
    UNKNOWN_LEADER_EPOCH(75, true, "The leader epoch is newer than the server's."),
    UNSUPPORTED_COMPRESSION_TYPE(
            76, false, "The version of the request cannot carry this compression."),
    STALE_BROKER_EPOCH(77, false, "The broker has registered anew since."),
    OFFSET_NOT_AVAILABLE(78, true, "The leader does not know its high watermark yet."),
    MEMBER_ID_REQUIRED(79, false, "Join again with the member id in this answer."),
    PREFERRED_LEADER_NOT_AVAILABLE(80, true, "The preferred leader cannot lead at the moment."),
    GROUP_MAX_SIZE_REACHED(81, false, "The group is full."),
    FENCED_INSTANCE_ID(82, false, "Another member has joined with this instance id."),
    ELIGIBLE_LEADERS_NOT_AVAILABLE(83, true, "No replica may become the leader at the moment."),
    ELECTION_NOT_NEEDED(84, true, "The partition has the right leader already."),
    NO_REASSIGNMENT_IN_PROGRESS(85, false, "The partition is not being reassigned."),
    GROUP_SUBSCRIBED_TO_TOPIC(86, false, "The group is subscribed to the topic."),
    INVALID_RECORD(87, false, "A record breaks the rules of the topic."),
    UNSTABLE_OFFSET_COMMIT(88, true, "A transaction has offsets that are not decided yet."),
    THROTTLING_QUOTA_EXCEEDED(89, true, "The quota is used up: wait and try again."),
    PRODUCER_FENCED(90, false, "A newer producer uses the same transactional id."),
    RESOURCE_NOT_FOUND(91, false, "There is no such resource."),
    DUPLICATE_RESOURCE(92, false, "The resource exists already or was named twice."),
    UNACCEPTABLE_CREDENTIAL(93, false, "The credential does not meet the rules."),
    INCONSISTENT_VOTER_SET(94, false, "The voters are not those that the other side expects."),
    INVALID_UPDATE_VERSION(95, false, "The feature cannot be set to this version."),
    FEATURE_UPDATE_FAILED(96, false, "The features could not be updated."),
    PRINCIPAL_DESERIALIZATION_FAILURE(97, false, "The forwarded principal cannot be read."),
    SNAPSHOT_NOT_FOUND(98, false, "There is no such snapshot."),
    POSITION_OUT_OF_RANGE(99, false, "The position lies outside of the snapshot."),
    UNKNOWN_TOPIC_ID(100, true, "This server has no topic with that id."),
    DUPLICATE_BROKER_REGISTRATION(101, false, "A live broker with this id is registered already."),
    BROKER_ID_NOT_REGISTERED(102, false, "No broker with this id is registered."),
    INCONSISTENT_TOPIC_ID(103, true, "The log on disk has another topic id."),
    INCONSISTENT_CLUSTER_ID(104, false, "The request is meant for another cluster."),
    TRANSACTIONAL_ID_NOT_FOUND(105, false, "There is no such transactional id."),
    FETCH_SESSION_TOPIC_ID_ERROR(106, true, "The fetch session mixes topic names and topic ids."),
    INELIGIBLE_REPLICA(107, false, "A new in-sync replica is fenced or shutting down."),
    NEW_LEADER_ELECTED(108, false, "The change made another replica the leader."),
    OFFSET_MOVED_TO_TIERED_STORAGE(109, false, "The offset is held by tiered storage now."),
    FENCED_MEMBER_EPOCH(
            110,
            false,
            "The member's epoch is not the group's: give up the partitions and join again."),
    UNRELEASED_INSTANCE_ID(111, false, "Another member still holds this instance id."),
    UNSUPPORTED_ASSIGNOR(112, false, "The group cannot use this assignor."),
    STALE_MEMBER_EPOCH(113, false, "The member's epoch is out of date: heartbeat, then try again."),
    MISMATCHED_ENDPOINT_TYPE(114, false, "The request came to an endpoint of the wrong type."),
    UNSUPPORTED_ENDPOINT_TYPE(115, false, "This type of endpoint is not supported."),
    UNKNOWN_CONTROLLER_ID(116, false, "There is no controller with this id."),
    UNKNOWN_SUBSCRIPTION_ID(
            117, false, "The telemetry subscription has changed: ask for it again."),
    TELEMETRY_TOO_LARGE(118, false, "The telemetry is larger than the server accepts."),
    INVALID_REGISTRATION(119, false, "The registration is not valid."),
    TRANSACTION_ABORTABLE(120, false, "The transaction must be aborted; the producer can go on."),
    INVALID_RECORD_STATE(
            121, false, "The record is in a state that does not allow this acknowledgement."),
    SHARE_SESSION_NOT_FOUND(122, true, "The server no longer has this share session."),
    INVALID_SHARE_SESSION_EPOCH(123, true, "The epoch is not the next one of the share session."),
    FENCED_STATE_EPOCH(124, false, "The state epoch is older than the share coordinator's."),
    INVALID_VOTER_KEY(125, false, "The voter's id and directory id do not match."),
    DUPLICATE_VOTER(126, false, "The voter is part of the quorum already."),
    VOTER_NOT_FOUND(127, false, "The quorum has no such voter."),
    INVALID_REGULAR_EXPRESSION(128, false, "The regular expression is not valid."),
    REBOOTSTRAP_REQUIRED(129, false, "The client must find the cluster anew."),
    STREAMS_INVALID_TOPOLOGY(130, false, "The topology of the streams group is not valid."),
    STREAMS_INVALID_TOPOLOGY_EPOCH(131, false, "The topology's epoch is not valid."),
    STREAMS_TOPOLOGY_FENCED(132, false, "The topology's epoch is out of date."),
    SHARE_SESSION_LIMIT_REACHED(133, true, "The server has as many share sessions as it allows."),
    GROUP_DELETION_FAILED(134, false, "The group could not be deleted."),
    STREAMS_TOPOLOGY_DESCRIPTION_UPDATE_FAILED(
            135, false, "The description of the topology could not be stored."),
    CONTROLLER_ID_NOT_REGISTERED(136, false, "No controller with this id is registered.");

    private static final int LOWEST = -1;
    private static final ErrorCode[] BY_CODE = values();

    private final short code;
    private final boolean retriable;
    private final String message;

    ErrorCode(int code, boolean retriable, String message) {
        this.code = (short) code;
        this.retriable = retriable;
        this.message = message;
    }

    /// The error with this number; one from a newer release reads as `UNKNOWN_SERVER_ERROR`.
    public static ErrorCode forCode(int code) {
        int index = code - LOWEST;
        return index >= 0 && index < BY_CODE.length ? BY_CODE[index] : UNKNOWN_SERVER_ERROR;
    }

    public short code() {
        return code;
    }

    public boolean isRetriable() {
        return retriable;
    }

    /// A sentence for people, to be used where nothing more exact is known.
    public String message() {
        return message;
    }
}
