/// Shows what lies in the files of a log directory, without a node.
///
/// Owner thread: the command's.
@NullMarked
package io.millrace.platform.dump;

import org.jspecify.annotations.NullMarked;
