package io.millrace.clients.admin;

import io.millrace.common.KafkaFuture;
import java.util.Collection;

/// The groups of the cluster. `all` fails if a broker could not be asked.
public record ListGroupsResult(KafkaFuture<Collection<GroupListing>> all) {}
