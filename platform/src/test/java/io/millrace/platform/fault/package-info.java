/// Faults on the real process: kill -9, and loss of power.
///
/// Owner thread: the test's.
@NullMarked
package io.millrace.platform.fault;

import org.jspecify.annotations.NullMarked;
