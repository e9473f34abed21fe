package io.millrace.clients.network;

import io.millrace.host.Loop;
import io.millrace.transport.Connection;
import java.util.concurrent.CompletableFuture;

/// How a client gets its thread and its connections: by sockets ({@link SocketNetwork}), or within
/// the process, without any. Belongs to the one client it is given to, which closes it.
public interface ClientNetwork {
    /// The loop that the client lives on.
    Loop loop();

    /// Called on the loop, completes on the loop.
    CompletableFuture<Connection> connect(String host, int port, int timeoutMs);

    /// Ends what the network itself started. The client has closed its connections before.
    CompletableFuture<Void> close();
}
