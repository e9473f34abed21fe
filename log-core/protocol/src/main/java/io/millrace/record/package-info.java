/// Record batches, format 2: read and changed in place, validated, built and compressed; control
/// batches; and what a partition remembers of its idempotent producers.
///
/// Owner thread: static methods belong to nobody; an object belongs to the thread that made it.
@NullMarked
package io.millrace.record;

import org.jspecify.annotations.NullMarked;
