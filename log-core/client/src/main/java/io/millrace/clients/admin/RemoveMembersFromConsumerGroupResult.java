package io.millrace.clients.admin;

import io.millrace.common.KafkaFuture;

/// Whether the members were removed.
public record RemoveMembersFromConsumerGroupResult(KafkaFuture<Void> all) {}
