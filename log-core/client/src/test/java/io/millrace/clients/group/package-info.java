/// Tests of the package.
///
/// Owner thread: the test's.
@NullMarked
package io.millrace.clients.group;

import org.jspecify.annotations.NullMarked;
