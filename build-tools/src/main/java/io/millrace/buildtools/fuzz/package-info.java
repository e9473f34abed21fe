/// What the fuzz tests of all modules have in common.
///
/// Owner thread: the test's.
@NullMarked
package io.millrace.buildtools.fuzz;

import org.jspecify.annotations.NullMarked;
