package io.millrace.buildtools.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What it generates is proved where it is compiled; here, only what that cannot see.
class ProtocolGeneratorTest {
    private static final String PING = """
            api 7 PingPong  versions 0-2  flexible 2+  listeners broker
            request
              id    string
              size  int32  1-1
            response
              at    int64  1+
            """;

    @TempDir
    Path folder;

    private static String generate(String file) {
        SchemaParser parser = new SchemaParser();
        parser.parse("PingPong.api", PING);
        Map<String, String> files = ProtocolGenerator.generate(parser.schema());
        return Objects.requireNonNull(files.get(file));
    }

    @Test
    void asksForTheVersionOnlyWhereItMatters() {
        String request = generate("PingPongRequest");
        assertTrue(request.contains("String id_ = in.string(flexible);"), request);
        assertTrue(request.contains("int size_ = version == 1 ? in.int32() : 0;"), request);
        assertTrue(request.contains("throw new UnsupportedVersion(\"PingPongRequest\", \"size\""));
        String response = generate("PingPongResponse");
        assertTrue(response.contains("long at_ = version >= 1 ? in.int64() : 0L;"), response);
        assertFalse(response.contains("UnsupportedVersion"), response);
    }

    @Test
    void namesConstantsAsKafkaDoes() {
        assertEquals("PING_PONG", ApiFile.constant("PingPong"));
        assertEquals("OFFSET_FOR_LEADER_EPOCH", ApiFile.constant("OffsetForLeaderEpoch"));
    }

    @Test
    void leavesAloneWhatDidNotChangeAndDeletesWhatIsGone() throws IOException {
        Path schemas = Files.createDirectory(folder.resolve("in"));
        Path out = folder.resolve("out");
        Files.writeString(schemas.resolve("PingPong.api"), PING);
        ProtocolGenerator.main(new String[] {schemas.toString(), out.toString()});
        Path generated = out.resolve("io/millrace/protocol");
        Path request = generated.resolve("PingPongRequest.java");
        Path stale = Files.writeString(generated.resolve("GoneRequest.java"), "");
        FileTime old = FileTime.fromMillis(1_000_000);
        Files.setLastModifiedTime(request, old);

        ProtocolGenerator.main(new String[] {schemas.toString(), out.toString()});
        assertEquals(old, Files.getLastModifiedTime(request));
        assertFalse(Files.exists(stale));
        Files.writeString(schemas.resolve("PingPong.api"), PING.replace("size", "length"));
        ProtocolGenerator.main(new String[] {schemas.toString(), out.toString()});
        assertTrue(Files.readString(request).contains("int length"));
    }
}
