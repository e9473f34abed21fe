package io.millrace.clients.admin;

import io.millrace.common.KafkaFuture;
import io.millrace.common.Node;
import java.util.Collection;

/// The cluster: who is in it, and who controls it.
public record DescribeClusterResult(
        KafkaFuture<Collection<Node>> nodes,
        KafkaFuture<Node> controller,
        KafkaFuture<String> clusterId) {}
