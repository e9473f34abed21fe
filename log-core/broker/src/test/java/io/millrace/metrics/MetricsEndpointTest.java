package io.millrace.metrics;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.protocol.BadSetting;
import io.millrace.transport.LoopGroup;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The listener alone, before friends and foes.
@Timeout(60)
final class MetricsEndpointTest {
    private final LoopGroup loops = LoopGroup.start(1, 1_000_000);
    private MetricsEndpoint endpoint;

    @BeforeEach
    void open() {
        endpoint = open("127.0.0.1:0");
    }

    private MetricsEndpoint open(String address) {
        return MetricsEndpoint.open(
                        new MetricsSettings(address), loops.loops().getFirst(), new SyncCounters())
                .orElseThrow();
    }

    @AfterEach
    void close() {
        endpoint.close();
        loops.close().join();
    }

    /// A node that is as it is told to be.
    private record Fake(String ailment, String unreadiness) implements Observed {
        @Override
        public NodeFigures figures() throws TimeoutException {
            throw new TimeoutException();
        }
    }

    @Test
    void itIsReadyOnlyWhileTheNodeServes() throws Exception {
        assertEquals(200, get("/health").statusCode());
        assertEquals(503, get("/ready").statusCode());
        assertEquals(503, get("/metrics").statusCode());
        endpoint.show(new Fake("", ""));
        assertEquals("ready\n", get("/ready").body());
        endpoint.show(new Fake("stuck", "no directory"));
        assertEquals(503, get("/health").statusCode());
        assertEquals("stuck\n", get("/health").body());
        assertEquals("no directory\n", get("/ready").body());
        assertEquals(503, get("/metrics").statusCode(), "the figures did not come in time");
        endpoint.hide();
        assertEquals(503, get("/ready").statusCode());
    }

    @Test
    void otherPathsAndMethodsAreRefused() throws Exception {
        assertEquals(404, get("/etc/passwd").statusCode());
        assertEquals(200, get("/health?verbose=1").statusCode());
        HttpRequest post = HttpRequest.newBuilder(uri("/metrics"))
                .POST(HttpRequest.BodyPublishers.ofString("x".repeat(100_000)))
                .build();
        assertEquals(405, send(post).statusCode());
        HttpRequest head = HttpRequest.newBuilder(uri("/health"))
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<String> answer = send(head);
        assertEquals(200, answer.statusCode());
        assertEquals("", answer.body());
        assertEquals("6", answer.headers().firstValue("content-length").orElse(""));
    }

    @Test
    void whatIsNotHttpIsTurnedAway() throws Exception {
        assertTrue(raw("GET /metrics\r\n\r\n").startsWith("HTTP/1.1 400 "));
        assertTrue(raw("\0\1\2\3\r\n\r\n").startsWith("HTTP/1.1 400 "));
        assertTrue(raw("GET /health HTTP/9.9\r\n\r\n").startsWith("HTTP/1.1 400 "));
        // A head and a body that arrive in one piece.
        String body = "POST /metrics HTTP/1.1\r\n\r\n" + "x".repeat(20_000);
        assertTrue(raw(body).startsWith("HTTP/1.1 405 "));
        assertTrue(raw("GET /health HTTP/1.0\n\n").startsWith("HTTP/1.1 200 "));
        String long431 = raw("GET /health HTTP/1.1\r\nx: " + "y".repeat(20_000) + "\r\n\r\n");
        assertTrue(long431.startsWith("HTTP/1.1 431 "), long431);
        assertEquals("", raw(""));
    }

    @Test
    void silentPeersDoNotKeepOthersOutForLong() throws Exception {
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 40; i++) {
                Socket socket = new Socket("127.0.0.1", port());
                silent.add(socket);
                socket.getOutputStream().write("GET /hea".getBytes(StandardCharsets.US_ASCII));
            }
            // Those beyond the limit are closed at once, the others when their time is up.
            for (Socket socket : silent) {
                assertEquals(0, drained(socket).length());
            }
            assertEquals(200, get("/health").statusCode());
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }

    @Test
    void aGivenPortThatIsTakenStopsTheStartAndTheDefaultGivesWay() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            BadSetting refusal =
                    assertThrows(BadSetting.class, () -> open("127.0.0.1:" + taken.getLocalPort()));
            assertTrue(requireNonNull(refusal.getMessage())
                    .contains("metrics.listen: cannot listen on"));
            assertTrue(!requireNonNull(refusal.getMessage()).contains("\n"));
        }
        assertThrows(BadSetting.class, () -> open("9644"));
        assertThrows(BadSetting.class, () -> open("127.0.0.1:70000"));
        try (MetricsEndpoint first = open("");
                MetricsEndpoint second = open("")) {
            assertNotEquals(first.address(), second.address());
        }
        assertTrue(MetricsEndpoint.open(
                        new MetricsSettings("off"), loops.loops().getFirst(), new SyncCounters())
                .isEmpty());
    }

    private int port() {
        return Integer.parseInt(endpoint.address().split(":")[1]);
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            return drained(socket);
        }
    }

    private static String drained(Socket socket) throws IOException {
        try {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException reset) {
            return "";
        }
    }

    private URI uri(String path) {
        return URI.create("http://" + endpoint.address() + path);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(uri(path)).build());
    }

    private static HttpResponse<String> send(HttpRequest request) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }
}
