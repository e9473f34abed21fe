package io.millrace.clients.admin;

import io.millrace.common.KafkaFuture;

/// The quorum of the metadata.
public record DescribeMetadataQuorumResult(KafkaFuture<QuorumInfo> quorumInfo) {}
