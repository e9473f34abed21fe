/// Kafka's clients, and raw ones, against whole nodes.
///
/// Owner thread: the test's.
@NullMarked
package io.millrace.broker;

import org.jspecify.annotations.NullMarked;
