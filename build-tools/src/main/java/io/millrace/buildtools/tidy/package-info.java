/// The rules of how Millrace is written that a machine can check. `TidyTest` runs them over every
/// file of the repository as an ordinary test; {@link io.millrace.buildtools.tidy.Tidy} does the
/// same by hand. Java is read with the compiler's own parser, without types: each file once.
///
/// Owner thread: the thread that called; nothing here is shared.
@NullMarked
package io.millrace.buildtools.tidy;

import org.jspecify.annotations.NullMarked;
