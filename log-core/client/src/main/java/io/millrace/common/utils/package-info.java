/// Small public types that Streams programs import.
///
/// Owner thread: any; everything here is immutable.
@NullMarked
package io.millrace.common.utils;

import org.jspecify.annotations.NullMarked;
