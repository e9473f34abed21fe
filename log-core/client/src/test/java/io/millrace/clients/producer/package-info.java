/// Tests of the producer.
///
/// Owner thread: the test's.
@NullMarked
package io.millrace.clients.producer;

import org.jspecify.annotations.NullMarked;
