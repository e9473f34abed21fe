/// The consumer, under the names of Kafka's.
///
/// Owner thread: the program's, one at a time.
@NullMarked
package io.millrace.clients.consumer;

import org.jspecify.annotations.NullMarked;
