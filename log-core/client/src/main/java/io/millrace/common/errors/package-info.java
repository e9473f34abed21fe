/// What the clients throw, under Kafka's names, and the codes of the wire they stand for.
///
/// Owner thread: any.
@NullMarked
package io.millrace.common.errors;

import org.jspecify.annotations.NullMarked;
