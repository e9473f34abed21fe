package io.millrace.metrics;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One request and its answer, after which the connection ends: enough of HTTP/1.1 for whoever
/// collects metrics, and little for an attacker to play with. A body is not read.
///
/// Owner thread: the virtual thread of the connection. Its time is limited from outside, by closing
/// the socket.
final class HttpExchange {
    private static final int MAX_HEAD_BYTES = 8 * 1024;
    private static final int MAX_IGNORED_BYTES = 1024 * 1024;
    private static final int LINGER_MS = 500;
    private static final Pattern EMPTY_LINE = Pattern.compile("\\r?\\n\\r?\\n");

    private final Socket socket;

    /// A request as far as it matters here.
    ///
    /// @param path without what stands behind a question mark
    record Request(String method, String path, boolean wantsOpenMetrics) {
        /// Null when it is none.
        static @Nullable Request parse(String head) {
            String[] lines = head.split("\r?\n");
            String[] words = lines[0].split(" ", -1);
            if (words.length != 3 || !words[2].matches("HTTP/1\\.[01]") || words[0].isEmpty()) {
                return null;
            }
            boolean wantsOpenMetrics = false;
            for (int i = 1; i < lines.length; i++) {
                String line = lines[i].toLowerCase(Locale.ROOT);
                wantsOpenMetrics |=
                        line.startsWith("accept:") && line.contains("application/openmetrics-text");
            }
            return new Request(words[0], words[1].split("\\?", 2)[0], wantsOpenMetrics);
        }
    }

    /// An answer.
    record Response(String status, String type, byte[] body) {
        static Response text(String status, String text) {
            return new Response(
                    status,
                    "text/plain; charset=utf-8",
                    (text + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    /// Answers requests; blocks.
    interface Service {
        Response answer(Request request);
    }

    HttpExchange(Socket socket) {
        this.socket = socket;
    }

    void run(Service service) throws IOException {
        String head = readHead(socket.getInputStream());
        if (head.isEmpty()) {
            return; // it only looked whether somebody listens
        }
        Request request = head.length() > MAX_HEAD_BYTES ? null : Request.parse(head);
        if (head.length() > MAX_HEAD_BYTES) {
            send(
                    Response.text("431 Request Header Fields Too Large", "the head is too long"),
                    true);
        } else if (request == null) {
            send(Response.text("400 Bad Request", "this is not HTTP/1.1"), true);
        } else if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            send(Response.text("405 Method Not Allowed", "only GET and HEAD"), true);
        } else {
            send(service.answer(request), request.method().equals("GET"));
        }
    }

    /// Everything up to the empty line, and nothing of a body that came along with it; longer than
    /// allowed when there is no such line.
    private static String readHead(InputStream in) throws IOException {
        byte[] bytes = new byte[MAX_HEAD_BYTES + 1];
        int length = 0;
        while (length < bytes.length) {
            int read = in.read(bytes, length, bytes.length - length);
            if (read < 0) {
                break;
            }
            int from = Math.max(0, length - 3);
            length += read;
            String tail = new String(bytes, from, length - from, StandardCharsets.ISO_8859_1);
            Matcher end = EMPTY_LINE.matcher(tail);
            if (end.find()) {
                length = from + end.start();
                break;
            }
        }
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }

    private void send(Response response, boolean withBody) throws IOException {
        OutputStream out = socket.getOutputStream();
        String head = "HTTP/1.1 " + response.status() + "\r\nContent-Type: " + response.type()
                + "\r\nContent-Length: " + response.body().length
                + (response.status().startsWith("405") ? "\r\nAllow: GET, HEAD" : "")
                + "\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n";
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        if (withBody) {
            out.write(response.body());
        }
        out.flush();
        socket.shutdownOutput();
        linger();
    }

    /// Reads a little of what still comes: closing over unread bytes would make the system take
    /// back the answer.
    private void linger() throws IOException {
        socket.setSoTimeout(LINGER_MS);
        byte[] ignored = new byte[4096];
        int total = 0;
        int read = 0;
        while (read >= 0 && total < MAX_IGNORED_BYTES) {
            read = socket.getInputStream().read(ignored);
            total += read;
        }
    }
}
