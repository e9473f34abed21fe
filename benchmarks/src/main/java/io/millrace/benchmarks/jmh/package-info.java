/// The hot loops, one at a time, under JMH: `benchmarks/run jmh`. What they say holds on one
/// machine between two versions of the code.
///
/// Owner thread: JMH's.
@NullMarked
package io.millrace.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
