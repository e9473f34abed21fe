/// The wire: records for every message of Kafka's protocol and its internal logs, generated from
/// the schemas in `src/main/protocol`, and the reader and writer they stand on. Everything here is
/// plain data or belongs to the thread that made it; nothing blocks, waits or knows the time.
@NullMarked
package io.millrace.protocol;

import org.jspecify.annotations.NullMarked;
