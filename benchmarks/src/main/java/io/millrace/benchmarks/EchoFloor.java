package io.millrace.benchmarks;

import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// How long requests and answers of a size take when nothing is done between them: the loopback,
/// two processes and their wake-ups.
record EchoFloor(Children children, KafkaPeer kafka) {
    private static final int WARM_SECONDS = 2;
    private static final int SECONDS = 3;

    /// One request at a time, so many a second as far as that is possible.
    Micros.Percentiles measure(int requestBytes, int answerBytes, double requestsASecond)
            throws IOException {
        var command = kafka.java(List.of("-Xmx64m"));
        int at = command.indexOf("-cp") + 1;
        command.set(at, LatencyTool.classes());
        command.add(EchoServer.class.getName());
        Process server = children.start(new ProcessBuilder(command));
        try (BufferedReader output = server.inputReader();
                var socket = new Socket(
                        InetAddress.getLoopbackAddress(), Integer.parseInt(output.readLine()))) {
            socket.setTcpNoDelay(true);
            return exchange(socket, requestBytes, answerBytes, 1e9 / requestsASecond);
        } finally {
            server.destroyForcibly();
        }
    }

    private static Micros.Percentiles exchange(
            Socket socket, int requestBytes, int answerBytes, double pauseNanos)
            throws IOException {
        var in = new DataInputStream(socket.getInputStream());
        var out = socket.getOutputStream();
        byte[] answer = new byte[answerBytes];
        byte[] request = new byte[Math.max(requestBytes, 8)];
        ByteBuffer.wrap(request).putInt(request.length - 4).putInt(answerBytes);
        var times = new Micros();
        long start = System.nanoTime();
        for (long i = 0; ; i++) {
            long due = start + (long) (i * pauseNanos);
            for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            long now = System.nanoTime();
            out.write(request);
            in.readFully(answer);
            long end = System.nanoTime();
            if (now - start > (WARM_SECONDS + SECONDS) * 1_000_000_000L) {
                return times.percentiles();
            }
            if (now - start > WARM_SECONDS * 1_000_000_000L) {
                times.add(end - now);
            }
        }
    }
}
