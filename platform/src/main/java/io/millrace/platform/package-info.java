/// The one process: everything that exists, started by one command, and the command line.
///
/// Owner thread: the main thread; servers run on loops of their own.
@NullMarked
package io.millrace.platform;

import org.jspecify.annotations.NullMarked;
