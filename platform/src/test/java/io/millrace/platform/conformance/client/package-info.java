/// What each release of Kafka's client must be able to do. The classes here are loaded once for
/// every release, beside its jar.
///
/// Owner thread: the test's.
@NullMarked
package io.millrace.platform.conformance.client;

import org.jspecify.annotations.NullMarked;
