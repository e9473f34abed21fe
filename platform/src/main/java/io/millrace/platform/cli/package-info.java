/// The commands. A command takes its options, talks to a cluster through the client, and prints a
/// table for people or JSON for programs. It ends with 0 only when it worked.
///
/// Owner thread: the main thread, which may block.
@NullMarked
package io.millrace.platform.cli;

import org.jspecify.annotations.NullMarked;
