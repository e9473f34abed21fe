/// What drivers know of the world: threads and time ({@link io.millrace.host.Loop}), files
/// ({@link io.millrace.host.Disk}), and a log that carries a machine's records
/// ({@link io.millrace.host.Journal}). The simulator implements the same interfaces, so it runs the
/// real drivers.
///
/// Owner thread: an implementation states its own; a type that says nothing belongs to one loop.
@NullMarked
package io.millrace.host;

import org.jspecify.annotations.NullMarked;
