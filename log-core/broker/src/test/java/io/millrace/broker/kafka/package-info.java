/// Apache Kafka as an oracle: a real node in a process of its own, and what it takes to talk to it.
/// Owner thread: the test's.
@NullMarked
package io.millrace.broker.kafka;

import org.jspecify.annotations.NullMarked;
