package io.millrace.common.errors;

import io.millrace.protocol.ErrorCode;
import org.jspecify.annotations.Nullable;

/// From the codes of the wire to exceptions and back.
public final class Failures {
    private Failures() {}

    /// The exception with which the public API reports this error.
    public static ApiException of(ErrorCode code) {
        return of(code, null);
    }

    /// The same with the server's own words, where it sent some.
    public static ApiException of(ErrorCode code, @Nullable String detail) {
        String message = detail == null || detail.isEmpty() ? code.message() : detail;
        return switch (code) {
            case NONE -> throw new IllegalArgumentException("bug: NONE is not a failure");
            case UNKNOWN_SERVER_ERROR -> new UnknownServerException(message);
            case OFFSET_OUT_OF_RANGE -> new OffsetOutOfRangeException(message);
            case CORRUPT_MESSAGE -> new CorruptRecordException(message);
            case UNKNOWN_TOPIC_OR_PARTITION -> new UnknownTopicOrPartitionException(message);
            case INVALID_FETCH_SIZE -> new InvalidFetchSizeException(message);
            case LEADER_NOT_AVAILABLE -> new LeaderNotAvailableException(message);
            case NOT_LEADER_OR_FOLLOWER -> new NotLeaderOrFollowerException(message);
            case REQUEST_TIMED_OUT -> new TimeoutException(message);
            case BROKER_NOT_AVAILABLE -> new BrokerNotAvailableException(message);
            case REPLICA_NOT_AVAILABLE -> new ReplicaNotAvailableException(message);
            case MESSAGE_TOO_LARGE -> new RecordTooLargeException(message);
            case STALE_CONTROLLER_EPOCH -> new ControllerMovedException(message);
            case OFFSET_METADATA_TOO_LARGE -> new OffsetMetadataTooLarge(message);
            case NETWORK_EXCEPTION -> new NetworkException(message);
            case COORDINATOR_LOAD_IN_PROGRESS -> new CoordinatorLoadInProgressException(message);
            case COORDINATOR_NOT_AVAILABLE -> new CoordinatorNotAvailableException(message);
            case NOT_COORDINATOR -> new NotCoordinatorException(message);
            case INVALID_TOPIC_EXCEPTION -> new InvalidTopicException(message);
            case RECORD_LIST_TOO_LARGE -> new RecordBatchTooLargeException(message);
            case NOT_ENOUGH_REPLICAS -> new NotEnoughReplicasException(message);
            case NOT_ENOUGH_REPLICAS_AFTER_APPEND ->
                new NotEnoughReplicasAfterAppendException(message);
            case INVALID_REQUIRED_ACKS -> new InvalidRequiredAcksException(message);
            case ILLEGAL_GENERATION -> new IllegalGenerationException(message);
            case INCONSISTENT_GROUP_PROTOCOL -> new InconsistentGroupProtocolException(message);
            case INVALID_GROUP_ID -> new InvalidGroupIdException(message);
            case UNKNOWN_MEMBER_ID -> new UnknownMemberIdException(message);
            case INVALID_SESSION_TIMEOUT -> new InvalidSessionTimeoutException(message);
            case REBALANCE_IN_PROGRESS -> new RebalanceInProgressException(message);
            case INVALID_COMMIT_OFFSET_SIZE -> new InvalidCommitOffsetSizeException(message);
            case TOPIC_AUTHORIZATION_FAILED -> new TopicAuthorizationException(message);
            case GROUP_AUTHORIZATION_FAILED -> new GroupAuthorizationException(message);
            case CLUSTER_AUTHORIZATION_FAILED -> new ClusterAuthorizationException(message);
            case INVALID_TIMESTAMP -> new InvalidTimestampException(message);
            case UNSUPPORTED_SASL_MECHANISM -> new UnsupportedSaslMechanismException(message);
            case ILLEGAL_SASL_STATE -> new IllegalSaslStateException(message);
            case UNSUPPORTED_VERSION -> new UnsupportedVersionException(message);
            case TOPIC_ALREADY_EXISTS -> new TopicExistsException(message);
            case INVALID_PARTITIONS -> new InvalidPartitionsException(message);
            case INVALID_REPLICATION_FACTOR -> new InvalidReplicationFactorException(message);
            case INVALID_REPLICA_ASSIGNMENT -> new InvalidReplicaAssignmentException(message);
            case INVALID_CONFIG -> new InvalidConfigurationException(message);
            case NOT_CONTROLLER -> new NotControllerException(message);
            case INVALID_REQUEST -> new InvalidRequestException(message);
            case UNSUPPORTED_FOR_MESSAGE_FORMAT ->
                new UnsupportedForMessageFormatException(message);
            case POLICY_VIOLATION -> new PolicyViolationException(message);
            case OUT_OF_ORDER_SEQUENCE_NUMBER -> new OutOfOrderSequenceException(message);
            case DUPLICATE_SEQUENCE_NUMBER -> new DuplicateSequenceException(message);
            case INVALID_PRODUCER_EPOCH -> new InvalidProducerEpochException(message);
            case INVALID_TXN_STATE -> new InvalidTxnStateException(message);
            case INVALID_PRODUCER_ID_MAPPING -> new InvalidPidMappingException(message);
            case INVALID_TRANSACTION_TIMEOUT -> new InvalidTxnTimeoutException(message);
            case CONCURRENT_TRANSACTIONS -> new ConcurrentTransactionsException(message);
            case TRANSACTION_COORDINATOR_FENCED ->
                new TransactionCoordinatorFencedException(message);
            case TRANSACTIONAL_ID_AUTHORIZATION_FAILED ->
                new TransactionalIdAuthorizationException(message);
            case SECURITY_DISABLED -> new SecurityDisabledException(message);
            case OPERATION_NOT_ATTEMPTED -> new OperationNotAttemptedException(message);
            case KAFKA_STORAGE_ERROR -> new KafkaStorageException(message);
            case LOG_DIR_NOT_FOUND -> new LogDirNotFoundException(message);
            case SASL_AUTHENTICATION_FAILED -> new SaslAuthenticationException(message);
            case UNKNOWN_PRODUCER_ID -> new UnknownProducerIdException(message);
            case REASSIGNMENT_IN_PROGRESS -> new ReassignmentInProgressException(message);
            case DELEGATION_TOKEN_AUTH_DISABLED -> new DelegationTokenDisabledException(message);
            case DELEGATION_TOKEN_NOT_FOUND -> new DelegationTokenNotFoundException(message);
            case DELEGATION_TOKEN_OWNER_MISMATCH ->
                new DelegationTokenOwnerMismatchException(message);
            case DELEGATION_TOKEN_REQUEST_NOT_ALLOWED ->
                new UnsupportedByAuthenticationException(message);
            case DELEGATION_TOKEN_AUTHORIZATION_FAILED ->
                new DelegationTokenAuthorizationException(message);
            case DELEGATION_TOKEN_EXPIRED -> new DelegationTokenExpiredException(message);
            case INVALID_PRINCIPAL_TYPE -> new InvalidPrincipalTypeException(message);
            case NON_EMPTY_GROUP -> new GroupNotEmptyException(message);
            case GROUP_ID_NOT_FOUND -> new GroupIdNotFoundException(message);
            case FETCH_SESSION_ID_NOT_FOUND -> new FetchSessionIdNotFoundException(message);
            case INVALID_FETCH_SESSION_EPOCH -> new InvalidFetchSessionEpochException(message);
            case LISTENER_NOT_FOUND -> new ListenerNotFoundException(message);
            case TOPIC_DELETION_DISABLED -> new TopicDeletionDisabledException(message);
            case FENCED_LEADER_EPOCH -> new FencedLeaderEpochException(message);
            case UNKNOWN_LEADER_EPOCH -> new UnknownLeaderEpochException(message);
            case UNSUPPORTED_COMPRESSION_TYPE -> new UnsupportedCompressionTypeException(message);
            case STALE_BROKER_EPOCH -> new StaleBrokerEpochException(message);
            case OFFSET_NOT_AVAILABLE -> new OffsetNotAvailableException(message);
            case MEMBER_ID_REQUIRED -> new MemberIdRequiredException(message);
            case PREFERRED_LEADER_NOT_AVAILABLE ->
                new PreferredLeaderNotAvailableException(message);
            case GROUP_MAX_SIZE_REACHED -> new GroupMaxSizeReachedException(message);
            case FENCED_INSTANCE_ID -> new FencedInstanceIdException(message);
            case ELIGIBLE_LEADERS_NOT_AVAILABLE ->
                new EligibleLeadersNotAvailableException(message);
            case ELECTION_NOT_NEEDED -> new ElectionNotNeededException(message);
            case NO_REASSIGNMENT_IN_PROGRESS -> new NoReassignmentInProgressException(message);
            case GROUP_SUBSCRIBED_TO_TOPIC -> new GroupSubscribedToTopicException(message);
            case INVALID_RECORD -> new InvalidRecordException(message);
            case UNSTABLE_OFFSET_COMMIT -> new UnstableOffsetCommitException(message);
            case THROTTLING_QUOTA_EXCEEDED -> new ThrottlingQuotaExceededException(message);
            case PRODUCER_FENCED -> new ProducerFencedException(message);
            case RESOURCE_NOT_FOUND -> new ResourceNotFoundException(message);
            case DUPLICATE_RESOURCE -> new DuplicateResourceException(message);
            case UNACCEPTABLE_CREDENTIAL -> new UnacceptableCredentialException(message);
            case INCONSISTENT_VOTER_SET -> new InconsistentVoterSetException(message);
            case INVALID_UPDATE_VERSION -> new InvalidUpdateVersionException(message);
            case FEATURE_UPDATE_FAILED -> new FeatureUpdateFailedException(message);
            case PRINCIPAL_DESERIALIZATION_FAILURE ->
                new PrincipalDeserializationException(message);
            case SNAPSHOT_NOT_FOUND -> new SnapshotNotFoundException(message);
            case POSITION_OUT_OF_RANGE -> new PositionOutOfRangeException(message);
            case UNKNOWN_TOPIC_ID -> new UnknownTopicIdException(message);
            case DUPLICATE_BROKER_REGISTRATION -> new DuplicateBrokerRegistrationException(message);
            case BROKER_ID_NOT_REGISTERED -> new BrokerIdNotRegisteredException(message);
            case INCONSISTENT_TOPIC_ID -> new InconsistentTopicIdException(message);
            case INCONSISTENT_CLUSTER_ID -> new InconsistentClusterIdException(message);
            case TRANSACTIONAL_ID_NOT_FOUND -> new TransactionalIdNotFoundException(message);
            case FETCH_SESSION_TOPIC_ID_ERROR -> new FetchSessionTopicIdException(message);
            case INELIGIBLE_REPLICA -> new IneligibleReplicaException(message);
            case NEW_LEADER_ELECTED -> new NewLeaderElectedException(message);
            case OFFSET_MOVED_TO_TIERED_STORAGE -> new OffsetMovedToTieredStorageException(message);
            case FENCED_MEMBER_EPOCH -> new FencedMemberEpochException(message);
            case UNRELEASED_INSTANCE_ID -> new UnreleasedInstanceIdException(message);
            case UNSUPPORTED_ASSIGNOR -> new UnsupportedAssignorException(message);
            case STALE_MEMBER_EPOCH -> new StaleMemberEpochException(message);
            case MISMATCHED_ENDPOINT_TYPE -> new MismatchedEndpointTypeException(message);
            case UNSUPPORTED_ENDPOINT_TYPE -> new UnsupportedEndpointTypeException(message);
            case UNKNOWN_CONTROLLER_ID -> new UnknownControllerIdException(message);
            case UNKNOWN_SUBSCRIPTION_ID -> new UnknownSubscriptionIdException(message);
            case TELEMETRY_TOO_LARGE -> new TelemetryTooLargeException(message);
            case INVALID_REGISTRATION -> new InvalidRegistrationException(message);
            case TRANSACTION_ABORTABLE -> new TransactionAbortableException(message);
            case INVALID_RECORD_STATE -> new InvalidRecordStateException(message);
            case SHARE_SESSION_NOT_FOUND -> new ShareSessionNotFoundException(message);
            case INVALID_SHARE_SESSION_EPOCH -> new InvalidShareSessionEpochException(message);
            case FENCED_STATE_EPOCH -> new FencedStateEpochException(message);
            case INVALID_VOTER_KEY -> new InvalidVoterKeyException(message);
            case DUPLICATE_VOTER -> new DuplicateVoterException(message);
            case VOTER_NOT_FOUND -> new VoterNotFoundException(message);
            case INVALID_REGULAR_EXPRESSION -> new InvalidRegularExpression(message);
            case REBOOTSTRAP_REQUIRED -> new RebootstrapRequiredException(message);
            case STREAMS_INVALID_TOPOLOGY -> new StreamsInvalidTopologyException(message);
            case STREAMS_INVALID_TOPOLOGY_EPOCH ->
                new StreamsInvalidTopologyEpochException(message);
            case STREAMS_TOPOLOGY_FENCED -> new StreamsTopologyFencedException(message);
            case SHARE_SESSION_LIMIT_REACHED -> new ShareSessionLimitReachedException(message);
            case GROUP_DELETION_FAILED -> new GroupDeletionFailedException(message);
            case STREAMS_TOPOLOGY_DESCRIPTION_UPDATE_FAILED ->
                new StreamsTopologyDescriptionUpdateFailedException(message);
            case CONTROLLER_ID_NOT_REGISTERED -> new ControllerIdNotRegisteredException(message);
        };
    }
}
