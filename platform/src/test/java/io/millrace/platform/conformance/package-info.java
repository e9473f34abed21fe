/// What programs that were written for Kafka see of Millrace: Kafka's own clients of several
/// releases, its command-line tools, and frames that no client would send. What is expected holds
/// for Kafka itself: with `-Dconformance.backend=kafka` the same tests run against it.
///
/// Owner thread: the test's.
@NullMarked
package io.millrace.platform.conformance;

import org.jspecify.annotations.NullMarked;
