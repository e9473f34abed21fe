/// Programs that show Millrace at work on real data: `./millrace example NAME`.
///
/// Owner thread: the main thread.
@NullMarked
package io.millrace.examples;

import org.jspecify.annotations.NullMarked;
