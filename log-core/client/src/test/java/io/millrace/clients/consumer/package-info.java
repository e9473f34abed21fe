/// Tests of the consumer.
///
/// Owner thread: the test's.
@NullMarked
package io.millrace.clients.consumer;

import org.jspecify.annotations.NullMarked;
