/// Our own clients against our own broker.
///
/// Owner thread: the test's.
@NullMarked
package io.millrace.broker.ours;

import org.jspecify.annotations.NullMarked;
