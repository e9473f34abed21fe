/// Tests of the package.
///
/// Owner thread: the test's.
@NullMarked
package io.millrace.common.errors;

import org.jspecify.annotations.NullMarked;
