package io.millrace.clients.admin;

import io.millrace.common.KafkaFuture;

/// The features.
public record DescribeFeaturesResult(KafkaFuture<FeatureMetadata> featureMetadata) {}
