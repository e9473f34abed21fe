/// The producer, under Kafka's names. {@link io.millrace.clients.producer.KafkaProducer} is where
/// to start.
///
/// Owner thread: programs may call a producer on any thread; appending happens there, under the
/// lock of a partition's queue. Everything after that (`Sender` and what it owns) lives on the
/// client's loop.
@NullMarked
package io.millrace.clients.producer;

import org.jspecify.annotations.NullMarked;
