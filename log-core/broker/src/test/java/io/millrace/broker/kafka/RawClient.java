package io.millrace.broker.kafka;

import io.millrace.protocol.Request;
import io.millrace.protocol.RequestHeader;
import io.millrace.protocol.Response;
import io.millrace.protocol.ResponseHeader;
import io.millrace.protocol.WireReader;
import io.millrace.protocol.WireWriter;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;

/// Sends requests over a socket and reads the answers, one at a time.
public final class RawClient implements AutoCloseable {
    private static final int TIMEOUT_MS = 60_000;

    private final Socket socket;
    private int correlationId;

    public RawClient(int port) throws IOException {
        socket = new Socket("localhost", port);
        socket.setSoTimeout(TIMEOUT_MS);
        socket.setTcpNoDelay(true);
    }

    public Response call(Request request, int version) throws IOException {
        return request.api().readResponse(new WireReader(answer(request, version)), version);
    }

    /// The answer's body as it came.
    public ByteBuffer answer(Request request, int version) throws IOException {
        WireWriter out = new WireWriter();
        new RequestHeader((short) request.api().key(), (short) version, ++correlationId, "oracle")
                .write(out, request.api().requestHeaderVersion(version));
        request.write(out, version);
        ByteBuffer body = out.toBuffer();
        DataOutputStream stream = new DataOutputStream(socket.getOutputStream());
        stream.writeInt(body.remaining());
        byte[] bytes = new byte[body.remaining()];
        body.get(bytes);
        stream.write(bytes);
        stream.flush();
        DataInputStream in = new DataInputStream(socket.getInputStream());
        byte[] answer = new byte[in.readInt()];
        in.readFully(answer);
        ByteBuffer buffer = ByteBuffer.wrap(answer);
        WireReader reader = new WireReader(buffer);
        ResponseHeader.read(reader, request.api().responseHeaderVersion(version));
        buffer.position(reader.position());
        return buffer.slice();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
