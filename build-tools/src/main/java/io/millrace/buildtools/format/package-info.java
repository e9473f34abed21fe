/// How Java looks here, applied by a program so that nobody has to think of it: four blanks, 100
/// columns, imports in one sorted block. `FormatTest` fails where a file looks different, and
/// {@link io.millrace.buildtools.format.Format} rewrites it.
///
/// Owner thread: the thread that called; nothing here is shared.
@NullMarked
package io.millrace.buildtools.format;

import org.jspecify.annotations.NullMarked;
