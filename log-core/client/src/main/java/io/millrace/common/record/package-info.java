/// What the public API says about records as they are stored.
///
/// Owner thread: any; everything here is immutable.
@NullMarked
package io.millrace.common.record;

import org.jspecify.annotations.NullMarked;
