package io.millrace.benchmarks;

import io.millrace.protocol.Api;
import io.millrace.protocol.Request;
import io.millrace.protocol.RequestHeader;
import io.millrace.protocol.Response;
import io.millrace.protocol.ResponseHeader;
import io.millrace.protocol.WireReader;
import io.millrace.protocol.WireWriter;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;

/// The smallest possible client: one socket, one request at a time. It is warm, because its code
/// runs before it is measured, and has no state to build up.
final class RawClient implements AutoCloseable {
    private final Socket socket = new Socket();
    private final DataInputStream in;
    private int correlationId;
    private Api api = Api.API_VERSIONS;
    private int apiVersion;

    RawClient(int port) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(30_000);
        try {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
        } catch (IOException refused) {
            socket.close();
            throw refused;
        }
        in = new DataInputStream(socket.getInputStream());
    }

    Response ask(Request request, int version) throws IOException {
        send(request, version);
        return receive();
    }

    void send(Request request, int version) throws IOException {
        api = request.api();
        apiVersion = version;
        WireWriter out = WireWriter.frame();
        RequestHeader.DEFAULT
                .withRequestApiKey((short) api.key())
                .withRequestApiVersion((short) version)
                .withCorrelationId(++correlationId)
                .withClientId("raw")
                .write(out, api.requestHeaderVersion(version));
        request.write(out, version);
        ByteBuffer frame = out.toBuffer();
        socket.getOutputStream().write(frame.array(), frame.arrayOffset(), frame.remaining());
    }

    /// The answer to what was sent last.
    Response receive() throws IOException {
        byte[] answer = new byte[in.readInt()];
        in.readFully(answer);
        WireReader reader = new WireReader(ByteBuffer.wrap(answer));
        ResponseHeader.read(reader, api.responseHeaderVersion(apiVersion));
        return api.readResponse(reader, apiVersion);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
