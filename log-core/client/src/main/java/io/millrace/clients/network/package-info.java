/// Requests and answers between a client and the servers of a cluster: one connection a node,
/// versions, metadata, retries. The producer, the consumer, the admin client and group members
/// stand on {@link io.millrace.clients.network.ClusterClient}. Public for them, not part of the API
/// for programs, except {@link io.millrace.clients.network.ClientNetwork}, by which a program
/// reaches a broker of its own process.
///
/// Owner thread: the loop of the client; what says so is immutable and may be read anywhere.
@NullMarked
package io.millrace.clients.network;

import org.jspecify.annotations.NullMarked;
