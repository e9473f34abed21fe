package io.millrace.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.protocol.Api;
import io.millrace.protocol.ApiVersionsRequest;
import io.millrace.protocol.ApiVersionsResponse;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.FetchRequest;
import io.millrace.protocol.FetchResponse;
import io.millrace.protocol.MetadataRequest;
import io.millrace.protocol.MetadataResponse;
import io.millrace.protocol.ProduceRequest;
import io.millrace.protocol.ProduceRequest.PartitionProduceData;
import io.millrace.protocol.ProduceRequest.TopicProduceData;
import io.millrace.protocol.ProduceResponse;
import io.millrace.protocol.ProduceResponse.PartitionProduceResponse;
import io.millrace.protocol.Records;
import io.millrace.protocol.Request;
import io.millrace.protocol.RequestHeader;
import io.millrace.protocol.Response;
import io.millrace.protocol.Uuid;
import io.millrace.protocol.WirePart;
import io.millrace.protocol.WireReader;
import io.millrace.protocol.WireWriter;
import io.millrace.record.BatchBuilder;
import io.millrace.record.RecordBatch;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What no client of Kafka's sends: malformed, oversized and endless frames, and many at once.
@Timeout(60)
final class RawFramesIT {
    @TempDir
    Path folder;

    private final List<Socket> sockets = new ArrayList<>();
    private TestBroker broker;

    @BeforeEach
    void start() {
        broker = TestBroker.start(
                folder,
                "socket.request.max.bytes",
                "2000000",
                "queued.max.request.bytes",
                "8000000");
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        broker.close();
    }

    @Test
    void anUnknownVersionOfApiVersionsIsAnsweredInVersionZero() throws Exception {
        Socket socket = connect();
        WireWriter out = WireWriter.frame();
        new RequestHeader((short) Api.API_VERSIONS.key(), (short) 99, 7, "raw").write(out, 2);
        out.int32(0x7fffffff); // a body that nobody knows how to read
        send(socket, out.finish());
        WireReader in = new WireReader(frame(socket));
        assertEquals(7, in.int32());
        ApiVersionsResponse response = ApiVersionsResponse.read(in, 0);
        assertEquals(ErrorCode.UNSUPPORTED_VERSION, response.errorCode());
        assertEquals(
                List.of(new ApiVersionsResponse.ApiVersion((short) 18, (short) 0, (short) 4)),
                response.apiKeys());
        ApiVersionsResponse again =
                call(socket, new ApiVersionsRequest("raw", "1.0"), 4, ApiVersionsResponse.class);
        assertEquals(ErrorCode.NONE, again.errorCode());
        ApiVersionsResponse.ApiVersion produce = again.apiKeys().getFirst();
        assertEquals(new ApiVersionsResponse.ApiVersion((short) 0, (short) 0, (short) 13), produce);
        assertEquals(
                ErrorCode.INVALID_REQUEST,
                call(socket, new ApiVersionsRequest("-raw", "1.0"), 3, ApiVersionsResponse.class)
                        .errorCode());
    }

    @Test
    void whatCannotBeReadClosesTheConnectionAndNothingElse() throws Exception {
        Socket witness = connect();
        metadata(witness);
        Random random = new Random(11);
        for (int i = 0; i < 300; i++) {
            byte[] noise = new byte[1 + random.nextInt(200)];
            random.nextBytes(noise);
            ByteBuffer frame =
                    ByteBuffer.allocate(4 + noise.length).putInt(noise.length).put(noise);
            int key = random.nextInt(100);
            if (noise.length > 4 && i % 3 > 0) {
                frame.putShort(4, (short) key).putShort(6, (short) random.nextInt(6));
            }
            if (noise.length > 20 && i % 3 == 2) {
                frame.putShort(
                        12, (short) 4); // a client id that fits, so that the body is looked at
            }
            Socket socket = connect();
            socket.getOutputStream().write(frame.array());
            socket.shutdownOutput();
            drain(socket);
            socket.close();
        }
        metadata(witness);
    }

    private static void drain(Socket socket) {
        try {
            socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            // a reset is an end too
            assertTrue(e.getMessage() != null);
        }
    }

    @Test
    void versionsAndApisThatAreNotServedCloseTheConnection() throws Exception {
        for (int[] each :
                new int[][] {{0, 2}, {0, 14}, {1, 3}, {4, 0}, {52, 0}, {99, 0}, {-1, 0}}) {
            Socket socket = connect();
            WireWriter out = WireWriter.frame();
            new RequestHeader((short) each[0], (short) each[1], 1, "raw").write(out, 1);
            send(socket, out.finish());
            assertEquals(-1, socket.getInputStream().read(), each[0] + " version " + each[1]);
        }
    }

    @Test
    void anOversizedFrameIsNotReadAtAll() throws Exception {
        Socket socket = connect();
        socket.getOutputStream().write(ByteBuffer.allocate(4).putInt(2_000_001).array());
        assertEquals(-1, socket.getInputStream().read());
    }

    @Test
    void halfRequestsOfSilentPeersDoNotStopOthers() throws Exception {
        for (int i = 0; i < 20; i++) {
            Socket silent = connect();
            OutputStream out = silent.getOutputStream();
            out.write(ByteBuffer.allocate(4).putInt(1_900_000).array());
            out.write(new byte[1000]);
        }
        // Forty megabytes are claimed and eight allowed; small requests need none of it.
        Socket socket = connect();
        for (int i = 0; i < 100; i++) {
            metadata(socket);
        }
    }

    @Test
    void answersComeInTheOrderOfRequests() throws Exception {
        Socket socket = connect();
        call(
                socket,
                MetadataRequest.DEFAULT.withTopics(
                        List.of(new MetadataRequest.MetadataRequestTopic(Uuid.ZERO, "ordered"))),
                12,
                MetadataResponse.class);
        // A fetch that waits stands before requests that need not.
        FetchRequest waiting = FetchRequest.DEFAULT
                .withMaxWaitMs(300)
                .withMinBytes(1)
                .withTopics(List.of(new FetchRequest.FetchTopic(
                        "ordered",
                        Uuid.ZERO,
                        List.of(FetchRequest.FetchPartition.DEFAULT.withPartitionMaxBytes(1000)))));
        send(socket, request(waiting, 11, 100));
        for (int i = 101; i < 150; i++) {
            send(socket, request(MetadataRequest.DEFAULT.withTopics(List.of()), 12, i));
        }
        WireReader first = new WireReader(frame(socket));
        assertEquals(100, first.int32());
        FetchResponse fetched = FetchResponse.read(first, 11);
        assertEquals(ErrorCode.NONE, fetched.errorCode());
        for (int i = 101; i < 150; i++) {
            assertEquals(i, new WireReader(frame(socket)).int32());
        }
    }

    @Test
    void eachBadBatchGetsItsError() throws Exception {
        Socket socket = connect();
        call(
                socket,
                MetadataRequest.DEFAULT.withTopics(
                        List.of(new MetadataRequest.MetadataRequestTopic(Uuid.ZERO, "bad"))),
                12,
                MetadataResponse.class);
        assertEquals(ErrorCode.NONE, produce(socket, "bad", batch(), (short) -1).errorCode());
        assertEquals(0, produce(socket, "bad", batch(), (short) 1).baseOffset() - 1);
        assertEquals(
                ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
                produce(socket, "missing", batch(), (short) 1).errorCode());
        assertEquals(
                ErrorCode.INVALID_REQUIRED_ACKS,
                produce(socket, "bad", batch(), (short) 2).errorCode());
        assertEquals(
                ErrorCode.INVALID_RECORD,
                produce(socket, "bad", ByteBuffer.allocate(0), (short) 1).errorCode());
        ByteBuffer damaged = batch();
        damaged.put(damaged.limit() - 1, (byte) 99);
        assertEquals(
                ErrorCode.CORRUPT_MESSAGE,
                produce(socket, "bad", damaged, (short) 1).errorCode());
        ByteBuffer old = batch();
        old.put(16, (byte) 1);
        assertEquals(
                ErrorCode.INVALID_RECORD, produce(socket, "bad", old, (short) 1).errorCode());
        ByteBuffer two = ByteBuffer.allocate(2 * batch().remaining())
                .put(batch())
                .put(batch())
                .flip();
        assertEquals(
                ErrorCode.INVALID_RECORD, produce(socket, "bad", two, (short) 1).errorCode());
        assertEquals(2, produce(socket, "bad", batch(), (short) -1).baseOffset());
    }

    private static ByteBuffer batch() {
        BatchBuilder builder = new BatchBuilder();
        builder.begin(0);
        builder.append(
                0, System.currentTimeMillis(), null, ByteBuffer.wrap(new byte[50]), List.of());
        ByteBuffer built = builder.finish();
        ByteBuffer copy = ByteBuffer.allocate(built.remaining()).put(built).flip();
        assertEquals(RecordBatch.MAGIC, copy.get(16));
        return copy;
    }

    private static PartitionProduceResponse produce(
            Socket socket, String topic, ByteBuffer records, short acks) throws IOException {
        ProduceRequest request = new ProduceRequest(
                null,
                acks,
                1000,
                List.of(new TopicProduceData(
                        topic,
                        Uuid.ZERO,
                        List.of(new PartitionProduceData(0, Records.of(records))))));
        return call(socket, request, 9, ProduceResponse.class)
                .responses()
                .getFirst()
                .partitionResponses()
                .getFirst();
    }

    private static void metadata(Socket socket) throws IOException {
        MetadataResponse response = call(
                socket, MetadataRequest.DEFAULT.withTopics(List.of()), 12, MetadataResponse.class);
        assertEquals(1, response.brokers().size());
    }

    private static <P extends Response> P call(
            Socket socket, Request request, int version, Class<P> type) throws IOException {
        send(socket, request(request, version, 5));
        WireReader in = new WireReader(frame(socket));
        assertEquals(5, in.int32());
        if (request.api().responseHeaderVersion(version) == 1) {
            assertEquals(0, in.unsignedVarint());
        }
        return type.cast(request.api().readResponse(in, version));
    }

    private static List<WirePart> request(Request request, int version, int correlationId) {
        WireWriter out = WireWriter.frame();
        new RequestHeader((short) request.api().key(), (short) version, correlationId, "raw")
                .write(out, request.api().requestHeaderVersion(version));
        request.write(out, version);
        return out.finish();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket("127.0.0.1", broker.port());
        sockets.add(socket);
        return socket;
    }

    private static void send(Socket socket, List<WirePart> parts) throws IOException {
        for (WirePart part : parts) {
            ByteBuffer buffer = switch (part) {
                case WirePart.Bytes(var bytes) -> bytes.duplicate();
                case Records.InMemory(var bytes) -> bytes.duplicate();
                default -> throw new AssertionError(part);
            };
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            socket.getOutputStream().write(bytes);
        }
    }

    private static ByteBuffer frame(Socket socket) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return ByteBuffer.wrap(bytes);
    }
}
