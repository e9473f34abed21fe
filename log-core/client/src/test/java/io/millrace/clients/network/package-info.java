/// The clients beside Kafka's: methods and settings.
///
/// Owner thread: the test's.
@NullMarked
package io.millrace.clients.network;

import org.jspecify.annotations.NullMarked;
