/// Three million real flights through a topic and back.
///
/// Owner thread: the main thread; callbacks of the producer run on its loop.
@NullMarked
package io.millrace.examples.flights;

import org.jspecify.annotations.NullMarked;
