/// What a node tells of itself: counters, the text that shows them, and the small HTTP listener for
/// it. What is measured where it happens belongs to the loop where it happens; nothing is shared.
///
/// Owner thread: counters belong to their loop, and are copied there for whoever asks; the listener
/// has a thread of its own, and a virtual one for each connection.
@NullMarked
package io.millrace.metrics;

import org.jspecify.annotations.NullMarked;
