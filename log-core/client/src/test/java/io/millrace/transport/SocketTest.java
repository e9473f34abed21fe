package io.millrace.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.host.DiskFile;
import io.millrace.host.FileRegion;
import io.millrace.protocol.WirePart;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class SocketTest {
    private static final int MAX_FRAME = 32 << 20;

    private final LoopGroup loops = LoopGroup.start(2, 64 << 20);
    private final List<Socket> sockets = new ArrayList<>();
    private final BlockingQueue<String> reasons = new LinkedBlockingQueue<>();

    @AfterEach
    void stop() throws Exception {
        for (Socket socket : sockets) {
            socket.close();
        }
        loops.close().get(10, TimeUnit.SECONDS);
    }

    @Test
    void framesOfAllSizesComeBackWhole() throws Exception {
        Socket socket = connect(echo(limits(100, 100, -1)));
        Random random = new Random(7);
        List<byte[]> sent = new ArrayList<>();
        for (int size : new int[] {0, 1, 3, 100, 2048, 65_000, 70_000, 1 << 20, 5, 17 << 20, 1}) {
            byte[] bytes = new byte[size];
            random.nextBytes(bytes);
            sent.add(bytes);
        }
        Thread writer = Thread.ofVirtual().start(() -> writeInPieces(socket, sent, random));
        DataInputStream in = new DataInputStream(socket.getInputStream());
        for (byte[] bytes : sent) {
            assertArrayEquals(bytes, frame(in));
        }
        writer.join();
        for (VertxLoop loop : loops.loops()) {
            assertEquals(0, ask(loop, () -> loop.budget().used()));
        }
    }

    private static void writeInPieces(Socket socket, List<byte[]> frames, Random random) {
        try {
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            for (byte[] frame : frames) {
                ByteBuffer whole = ByteBuffer.allocate(4 + frame.length)
                        .putInt(frame.length)
                        .put(frame);
                for (int at = 0; at < whole.capacity(); ) {
                    int size = Math.min(whole.capacity() - at, 1 + random.nextInt(300_000));
                    out.write(whole.array(), at, size);
                    at += size;
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aFrameOfForbiddenSizeClosesTheConnection() throws Exception {
        int port = echo(limits(100, 100, -1));
        for (int size : new int[] {-1, MAX_FRAME + 1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            Socket socket = connect(port);
            new DataOutputStream(socket.getOutputStream()).writeInt(size);
            assertEquals(-1, socket.getInputStream().read());
            assertEquals(
                    "a frame claims " + size + " bytes, more than " + MAX_FRAME, reasons.take());
        }
    }

    @Test
    void connectionsAreCountedByAddress() throws Exception {
        int port = echo(limits(100, 2, -1));
        Socket first = connect(port);
        roundTrip(first);
        roundTrip(connect(port));
        assertEquals(-1, connect(port).getInputStream().read());
        first.close();
        assertEquals("closed by the peer", reasons.take());
        roundTrip(connect(port));
    }

    @Test
    void aSilentConnectionIsClosedAndABusyOneIsNot() throws Exception {
        int port = echo(limits(100, 100, 300));
        Socket busy = connect(port);
        Socket silent = connect(port);
        CompletableFuture<Integer> end =
                CompletableFuture.supplyAsync(() -> readOne(silent), Thread::startVirtualThread);
        while (!end.isDone()) {
            roundTrip(busy);
        }
        assertEquals(-1, end.get());
        assertEquals("silent for too long", reasons.take());
        roundTrip(busy);
    }

    private static int readOne(Socket socket) {
        try {
            return socket.getInputStream().read();
        } catch (IOException e) {
            return -2;
        }
    }

    @Test
    void aPausedConnectionReadsNoMoreAndLosesNothing() throws Exception {
        CompletableFuture<Connection> server = new CompletableFuture<>();
        CompletableFuture<VertxLoop> owner = new CompletableFuture<>();
        BlockingQueue<Integer> seen = new LinkedBlockingQueue<>();
        int port = open(limits(100, 100, -1), (connection, loop) -> {
            connection.listen(new Recorder(connection, seen));
            connection.pause();
            owner.complete(loop);
            server.complete(connection);
        });
        Socket socket = connect(port);
        Connection connection = server.get();
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        for (int i = 0; i < 1000; i++) {
            out.writeInt(4);
            out.writeInt(i);
        }
        ask(owner.get(), () -> 0);
        assertEquals(0, seen.size());
        owner.get().execute(connection::resume);
        for (int i = 0; i < 1000; i++) {
            // The recorder pauses after each frame.
            assertEquals(i, seen.poll(10, TimeUnit.SECONDS));
            assertEquals(0, seen.size());
            owner.get().execute(connection::resume);
        }
    }

    private record Recorder(Connection connection, BlockingQueue<Integer> seen)
            implements Connection.Listener {
        @Override
        public void frame(Frame frame) {
            connection.pause();
            seen.add(frame.buffer().getInt());
            frame.release();
        }

        @Override
        public void closed(String reason) {}
    }

    @Test
    void halfFramesWaitForMemoryInsteadOfTakingIt() throws Exception {
        LoopGroup small = LoopGroup.start(1, 3 << 20);
        try {
            Acceptor acceptor = Acceptor.open(
                            small, "127.0.0.1", 0, () -> limits(100, 100, -1), this::echo)
                    .get();
            List<Socket> greedy = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                Socket socket = connect(acceptor.port());
                DataOutputStream out = new DataOutputStream(socket.getOutputStream());
                out.writeInt(1 << 20);
                out.write(new byte[1000]);
                greedy.add(socket);
            }
            VertxLoop loop = small.loops().getFirst();
            await(() -> ask(loop, () -> loop.budget().hasWaiters()));
            assertEquals(3 << 20, ask(loop, () -> loop.budget().used()));
            for (Socket socket : greedy) {
                Thread.ofVirtual().start(() -> {
                    try {
                        socket.getOutputStream().write(new byte[(1 << 20) - 1000]);
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                });
            }
            for (Socket socket : greedy) {
                assertEquals(1 << 20, frame(new DataInputStream(socket.getInputStream())).length);
            }
            assertEquals(0, ask(loop, () -> loop.budget().used()));
        } finally {
            small.close().get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void aRegionOfAFileIsSentBetweenBuffers(@TempDir Path folder) throws Exception {
        byte[] content = new byte[3 << 20];
        new Random(3).nextBytes(content);
        Path path = folder.resolve("segment");
        Files.write(path, content);
        CountDownLatch sent = new CountDownLatch(1);
        try (FileChannel channel = FileChannel.open(path)) {
            int port = open(limits(100, 100, -1), (connection, loop) -> {
                int size = content.length - 1000;
                ByteBuffer head =
                        ByteBuffer.allocate(8).putInt(size + 8).putInt(42).flip();
                ByteBuffer tail = ByteBuffer.allocate(4).putInt(43).flip();
                connection.listen(new Recorder(connection, new LinkedBlockingQueue<>()));
                connection.send(
                        List.of(
                                new WirePart.Bytes(head),
                                new FileRegion(new ChannelFile(channel), 1000, size, () -> {}),
                                new WirePart.Bytes(tail)),
                        sent::countDown);
            });
            ByteBuffer frame =
                    ByteBuffer.wrap(frame(new DataInputStream(connect(port).getInputStream())));
            assertEquals(42, frame.getInt());
            byte[] middle = new byte[content.length - 1000];
            frame.get(middle);
            assertArrayEquals(java.util.Arrays.copyOfRange(content, 1000, content.length), middle);
            assertEquals(43, frame.getInt());
            assertTrue(sent.await(10, TimeUnit.SECONDS));
            assertTrue(channel.isOpen());
        }
    }

    @Test
    void theConnectorSpeaksToTheAcceptor() throws Exception {
        int port = echo(limits(100, 100, -1));
        VertxLoop loop = loops.loops().getFirst();
        Connector connector = new Connector(loops, loop, MAX_FRAME, -1);
        CompletableFuture<Integer> answer = new CompletableFuture<>();
        connector.connect("127.0.0.1", port, 5000).thenAccept(connection -> {
            assertTrue(loop.isCurrent());
            connection.listen(new Connection.Listener() {
                @Override
                public void frame(Frame frame) {
                    answer.complete(frame.buffer().getInt());
                    frame.release();
                    connection.close();
                }

                @Override
                public void closed(String reason) {}
            });
            ByteBuffer frame = ByteBuffer.allocate(8).putInt(4).putInt(77).flip();
            connection.send(List.of(new WirePart.Bytes(frame)), () -> {});
        });
        assertEquals(77, answer.get(10, TimeUnit.SECONDS));
        assertThrows(
                java.util.concurrent.ExecutionException.class,
                () -> connector.connect("127.0.0.1", 1, 5000).get());
    }

    private record ChannelFile(FileChannel of) implements DiskFile {
        @Override
        public Path path() {
            return Path.of("segment");
        }

        @Override
        public long size() throws IOException {
            return of.size();
        }

        @Override
        public int read(ByteBuffer into, long position) throws IOException {
            return of.read(into, position);
        }

        @Override
        public void write(ByteBuffer from, long position) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void truncate(long size) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void force() {}

        @Override
        public Optional<FileChannel> channel() {
            return Optional.of(of);
        }

        @Override
        public void close() {}
    }

    private static AcceptLimits limits(int total, int perAddress, long maxIdleMs) {
        return new AcceptLimits(total, perAddress, Map.of(), MAX_FRAME, maxIdleMs);
    }

    private int echo(AcceptLimits limits) throws Exception {
        return open(limits, this::echo);
    }

    private int open(AcceptLimits limits, Acceptor.Accepted accepted) throws Exception {
        return Acceptor.open(loops, "127.0.0.1", 0, () -> limits, accepted)
                .get()
                .port();
    }

    private void echo(Connection connection, VertxLoop loop) {
        connection.listen(new Connection.Listener() {
            @Override
            public void frame(Frame frame) {
                ByteBuffer prefix = ByteBuffer.allocate(4)
                        .putInt(frame.buffer().remaining())
                        .flip();
                connection.send(
                        List.of(new WirePart.Bytes(prefix), new WirePart.Bytes(frame.buffer())),
                        frame::release);
            }

            @Override
            public void closed(String reason) {
                reasons.add(reason);
            }
        });
    }

    private Socket connect(int port) throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        sockets.add(socket);
        return socket;
    }

    private static byte[] frame(DataInputStream in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return bytes;
    }

    private static void roundTrip(Socket socket) throws IOException {
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        out.writeInt(4);
        out.writeInt(99);
        byte[] answer = frame(new DataInputStream(socket.getInputStream()));
        if (answer.length != 4) {
            throw new EOFException();
        }
    }

    private static <T> T ask(VertxLoop loop, java.util.concurrent.Callable<T> question)
            throws Exception {
        CompletableFuture<T> answer = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                answer.complete(question.call());
            } catch (Exception e) {
                answer.completeExceptionally(e);
            }
        });
        return answer.get(10, TimeUnit.SECONDS);
    }

    private static void await(java.util.concurrent.Callable<Boolean> condition) throws Exception {
        while (!condition.call()) {
            Thread.onSpinWait();
        }
    }
}
