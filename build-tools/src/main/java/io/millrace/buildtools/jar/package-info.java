/// What is done to the jars of the program before they are started.
///
/// Owner thread: the thread that called; nothing here is shared.
@NullMarked
package io.millrace.buildtools.jar;

import org.jspecify.annotations.NullMarked;
