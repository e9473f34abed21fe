/// Tests of the package.
///
/// Owner thread: the test's.
@NullMarked
package io.millrace.common.utils;

import org.jspecify.annotations.NullMarked;
