package io.millrace.benchmarks;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;

/// A process that does nothing but answer: what is left of a server's time when the server's work
/// is taken away. Prints its port. A request is its length, the answer's length, and filling.
public final class EchoServer {
    private EchoServer() {}

    public static void main(String[] args) throws IOException {
        try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            System.out.println(listener.getLocalPort());
            try (var socket = listener.accept()) {
                socket.setTcpNoDelay(true);
                var in = new DataInputStream(socket.getInputStream());
                byte[] body = new byte[1 << 20];
                while (true) {
                    int length = in.readInt();
                    in.readFully(body, 0, length);
                    int answer = ByteBuffer.wrap(body).getInt();
                    socket.getOutputStream().write(body, 0, answer);
                }
            }
        } catch (EOFException over) {
            System.out.println("over");
        }
    }
}
