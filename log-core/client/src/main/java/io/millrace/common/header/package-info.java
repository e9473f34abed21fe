/// Headers of records, under Kafka's names.
///
/// Owner thread: the thread that holds the record.
@NullMarked
package io.millrace.common.header;

import org.jspecify.annotations.NullMarked;
