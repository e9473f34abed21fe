/// Tests of the package.
///
/// Owner thread: the test's.
@NullMarked
package io.millrace.common.serialization;

import org.jspecify.annotations.NullMarked;
