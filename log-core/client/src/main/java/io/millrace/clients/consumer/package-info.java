/// The consumer, under Kafka's names. {@link io.millrace.clients.consumer.KafkaConsumer} is where
/// to start.
///
/// Owner thread: the consumer and what it calls itself belong to the one thread that polls.
/// `Fetcher`, `Offsets`, `Commits` and the memberships belong to the client's loop. The two speak
/// by messages alone: the thread by `ClusterClient.call`, the loop by the `Inbox`.
@NullMarked
package io.millrace.clients.consumer;

import org.jspecify.annotations.NullMarked;
