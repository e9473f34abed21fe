package io.millrace.benchmarks;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// One server under measurement, and the files it works on.
final class ServerProcess implements AutoCloseable {
    private final Process process;
    private final int port;
    private final Path log;
    private final ProcessUsage usage;

    ServerProcess(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
        this.usage = new ProcessUsage(process.pid());
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    int port() {
        return port;
    }

    ProcessUsage usage() {
        return usage;
    }

    /// Waits until the port accepts; the process may still be busy behind it.
    void awaitPort(long timeoutMs) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + timeoutMs * 1_000_000;
        while (System.nanoTime() < deadline) {
            try (var _ = SocketChannel.open(new InetSocketAddress("127.0.0.1", port))) {
                return;
            } catch (IOException notYet) {
                if (!process.isAlive()) {
                    throw new IOException("server ended, see " + log, notYet);
                }
                TimeUnit.MILLISECONDS.sleep(2);
            }
        }
        throw new IOException("no answer on port " + port + ", see " + log);
    }

    /// Stops as an operator would, and waits.
    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    /// kill -9.
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        try {
            stop();
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
