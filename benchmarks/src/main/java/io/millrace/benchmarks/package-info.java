/// Measures Millrace and Apache Kafka in one run on one machine, in turns (A B A B), and reports
/// the ratio of medians. An absolute figure of a noisy machine proves nothing.
///
/// Owner thread: the main thread; servers and load generators are processes of their own.
@NullMarked
package io.millrace.benchmarks;

import org.jspecify.annotations.NullMarked;
