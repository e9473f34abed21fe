package io.millrace.transport;

import java.nio.ByteBuffer;

/// One message as it came off the wire, without its length prefix, in memory that is shared with
/// the transport and counted by references. It starts with one reference, which belongs to whoever
/// was handed the frame. Slices of `buffer` (the `records` of a produce request) are valid as long
/// as a reference is held; who passes a slice to another thread retains the frame first.
///
/// `retain` and `release` may be called on any thread; releasing more often than retaining is a
/// bug.
public interface Frame {
    /// From position 0 to the frame's end; each call gives a view of its own.
    ByteBuffer buffer();

    void retain();

    void release();
}
