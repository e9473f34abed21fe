/// Log-backed machines: state that is only ever changed by applying records of a log. Pure: no
/// clock, thread, I/O, logger or randomness; all of it comes in with the command.
///
/// Owner thread: the loop of the `MachineHost` that runs the machine.
@NullMarked
package io.millrace.machine;

import org.jspecify.annotations.NullMarked;
