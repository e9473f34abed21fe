/// The one implementation of headers; programs make it by name.
///
/// Owner thread: the thread that holds the record.
@NullMarked
package io.millrace.common.header.internals;

import org.jspecify.annotations.NullMarked;
