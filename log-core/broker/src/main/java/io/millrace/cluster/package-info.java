/// The cluster as its metadata log tells it: an immutable image of topics, brokers, configurations
/// and features, and the controller, which is the machine that decides every change of them.
/// Pure: no clock, thread, I/O, logger or randomness.
///
/// Owner thread: an image is immutable and goes anywhere; the controller belongs to the loop of its
/// machine's host.
@NullMarked
package io.millrace.cluster;

import org.jspecify.annotations.NullMarked;
