package io.millrace.platform.conformance;

import io.millrace.protocol.Api;
import io.millrace.protocol.Request;
import io.millrace.protocol.RequestHeader;
import io.millrace.protocol.Response;
import io.millrace.protocol.ResponseHeader;
import io.millrace.protocol.WireReader;
import io.millrace.protocol.WireWriter;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// A socket that says anything, right or wrong.
final class RawClient implements AutoCloseable {
    private final Socket socket = new Socket();
    private final DataInputStream in;
    private int correlationId;
    private boolean wasCutOff;

    RawClient(String bootstrap) throws IOException {
        int colon = bootstrap.lastIndexOf(':');
        socket.connect(
                new InetSocketAddress(
                        bootstrap.substring(0, colon),
                        Integer.parseInt(bootstrap.substring(colon + 1))),
                10_000);
        socket.setSoTimeout(20_000);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
    }

    /// The answer, or null if the broker closed the connection.
    @Nullable
    Response ask(Request request, int version) throws IOException {
        send(frame(request, version));
        return answer(request.api(), version);
    }

    /// The answer to a request that was sent before.
    @Nullable
    Response answer(Api api, int version) throws IOException {
        ByteBuffer reply = receive();
        if (reply == null) {
            return null;
        }
        WireReader body = new WireReader(reply);
        ResponseHeader.read(body, api.responseHeaderVersion(version));
        Response response = api.readResponse(body, version);
        if (body.remaining() != 0) {
            throw new IOException(body.remaining() + " bytes behind " + response);
        }
        return response;
    }

    /// Bytes of answers that have arrived and were not read.
    int arrived() throws IOException {
        return in.available();
    }

    /// A whole frame, its length included.
    byte[] frame(Request request, int version) {
        WireWriter out = WireWriter.frame();
        Api api = request.api();
        new RequestHeader((short) api.key(), (short) version, correlationId++, "raw")
                .write(out, api.requestHeaderVersion(version));
        request.write(out, version);
        ByteBuffer buffer = out.toBuffer();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    void send(byte[] bytes) throws IOException {
        try {
            socket.getOutputStream().write(bytes);
        } catch (SocketException e) {
            wasCutOff = true;
        }
    }

    void timeoutMs(int timeoutMs) throws IOException {
        socket.setSoTimeout(timeoutMs);
    }

    /// The next frame without its length, or null at the end.
    @Nullable
    ByteBuffer receive() throws IOException {
        try {
            int size = in.readInt();
            if (size < 0 || size > 200_000_000) {
                throw new IOException("a frame of " + size + " bytes");
            }
            byte[] bytes = new byte[size];
            in.readFully(bytes);
            return ByteBuffer.wrap(bytes);
        } catch (EOFException | SocketException e) {
            return null;
        }
    }

    /// Whether the broker answers, closes the connection, or does neither within a moment.
    Fate fate(int momentMs) throws IOException {
        socket.setSoTimeout(momentMs);
        try {
            return receive() == null || wasCutOff ? Fate.CLOSED : Fate.ANSWERED;
        } catch (SocketTimeoutException e) {
            return Fate.SILENCE;
        }
    }

    enum Fate {
        ANSWERED,
        CLOSED,
        SILENCE
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
