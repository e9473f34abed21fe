/// Small public types that all clients and Streams programs share, under Kafka's names.
///
/// Owner thread: any; everything here is immutable unless it says otherwise.
@NullMarked
package io.millrace.common;

import org.jspecify.annotations.NullMarked;
