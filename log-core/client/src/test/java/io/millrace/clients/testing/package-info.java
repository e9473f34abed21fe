/// What the tests of clients stand on: a real Kafka in its own process, a proxy that breaks
/// connections. Other modules use it from this module's test jar.
///
/// Owner thread: the test's.
@NullMarked
package io.millrace.clients.testing;

import org.jspecify.annotations.NullMarked;
