package io.millrace.clients.admin;

import io.millrace.common.Uuid;

/// A topic, in short.
public record TopicListing(String name, Uuid topicId, boolean isInternal) {}
