/// Assignors of the consumer protocol: which member shall have which partition. Pure functions.
///
/// Owner thread: none, nothing here has state.
@NullMarked
package io.millrace.group.assign;

import org.jspecify.annotations.NullMarked;
