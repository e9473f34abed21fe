package io.millrace.clients.admin;

import io.millrace.common.KafkaFuture;
import io.millrace.common.config.ConfigResource;
import java.util.Collection;

/// What has settings of its own.
public record ListConfigResourcesResult(KafkaFuture<Collection<ConfigResource>> all) {}
