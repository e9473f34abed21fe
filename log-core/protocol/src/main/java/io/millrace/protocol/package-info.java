/// The wire: records for every message of Kafka's protocol and its internal logs, generated from
/// the schemas in `src/main/protocol`, and the reader and writer they stand on. Nothing here
/// blocks, waits or knows the time.
///
/// Owner thread: plain values go anywhere; a reader or writer belongs to the thread that made it.
@NullMarked
package io.millrace.protocol;

import org.jspecify.annotations.NullMarked;
