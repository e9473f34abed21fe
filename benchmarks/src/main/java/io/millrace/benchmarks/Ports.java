package io.millrace.benchmarks;

import java.io.IOException;
import java.net.ServerSocket;

/// Ports for a server.
final class Ports {
    private static final int FIRST = 20_000;
    private static final int LAST = 30_000;
    private static int next = FIRST + (int) (ProcessHandle.current().pid() % 3000) * 3;

    private Ports() {}

    /// The first of three neighbours: for clients, for controllers, for metrics. They lie below
    /// those that Linux gives to connections, which ten thousand clients could occupy.
    static int free() throws IOException {
        for (int attempt = 0; attempt < 1000; attempt++) {
            int port = next;
            next = next + 3 >= LAST ? FIRST : next + 3;
            if (isFree(port) && isFree(port + 1) && isFree(port + 2)) {
                return port;
            }
        }
        throw new IOException("no three neighbouring ports are free");
    }

    private static boolean isFree(int port) {
        try (var _ = new ServerSocket(port)) {
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
