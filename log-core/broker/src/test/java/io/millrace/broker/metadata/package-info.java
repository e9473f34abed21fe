/// Tests of the metadata log, with Kafka's own tools as oracles. Owner thread: the test's.
@NullMarked
package io.millrace.broker.metadata;

import org.jspecify.annotations.NullMarked;
