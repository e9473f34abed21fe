package io.millrace.transport;

import io.millrace.protocol.WirePart;
import java.util.List;

/// A byte stream to one peer that carries frames (four bytes of length, then the message). Belongs
/// to one loop: every method is called on it and calls back on it. Implementations: a socket, the
/// simulator's network, and a pair of queues inside one process.
public interface Connection {
    /// Sets who hears of it; frames that arrived before wait.
    void listen(Listener listener);

    /// Queues one whole frame, as `WireWriter.frame()` makes it: the length prefix stands in the
    /// first part. The parts, buffers or regions of files, are not copied where the transport can
    /// do without. Their memory must stay as it is until it was sent; `sent` runs then, or when the
    /// connection closes first, and is where the sender releases regions and frames.
    void send(List<WirePart> parts, Runnable sent);

    /// Whether more than the high-water mark waits to be sent: stop producing until `drained`.
    boolean isCongested();

    /// Stops and restarts reading from the peer: this is how back-pressure reaches it.
    void pause();

    void resume();

    /// Closes at once; `closed` follows. Harmless when closed.
    void close();

    /// HOST:PORT, for logs and for `client.host`.
    String peer();

    /// Hears what arrives.
    interface Listener {
        /// The listener now owns one reference to the frame.
        void frame(Frame frame);

        default void drained() {}

        /// Called once, whoever closed it. `reason` is for people.
        void closed(String reason);
    }
}
