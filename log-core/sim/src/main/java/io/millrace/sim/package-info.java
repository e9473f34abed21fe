/// The simulator kit: one thread plays all threads of all nodes, on a simulated clock, disk and
/// network, under a seed that replays every run. It runs the real drivers and machines.
///
/// Owner thread: everything belongs to the thread that runs the test.
@NullMarked
package io.millrace.sim;

import org.jspecify.annotations.NullMarked;
