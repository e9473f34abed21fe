/// Consumer groups and their offsets: the machine of one partition of `__consumer_offsets`, for
/// groups of the classic protocol and of the consumer protocol (KIP-848), and the change between
/// the two. Pure: a command in, records, a reply and timers out.
///
/// Everything a decision looks at is one immutable value, [GroupState]; it changes only by
/// [GroupState#after]. A decision works on a [Draft] of it.
///
/// Owner thread: the loop of the `MachineHost` that runs the machine.
@NullMarked
package io.millrace.group;

import org.jspecify.annotations.NullMarked;
