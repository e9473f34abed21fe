package io.millrace.buildtools.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.buildtools.protocol.Schema.Api;
import io.millrace.buildtools.protocol.Schema.Field;
import io.millrace.buildtools.protocol.Schema.ListOf;
import io.millrace.buildtools.protocol.Schema.Log;
import io.millrace.buildtools.protocol.Schema.Scalar;
import io.millrace.buildtools.protocol.Schema.Struct;
import io.millrace.buildtools.protocol.Schema.StructType;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SchemaParserTest {
    private static final String FETCH = """
            // a comment
            api 1 Fetch  versions 4-18  flexible 12+  listeners broker controller  unstable 18
            request
              clusterId  string?     = null  12+  tag 0  ignorable   // why
              topics     []Topic
                name       string?7+  4-12
                partition  int32      = -1
            response
              errorCode  error  7+
            """;

    private static Schema parse(String text) {
        SchemaParser parser = new SchemaParser();
        parser.parse("Fetch.api", text);
        return parser.schema();
    }

    private static void refused(String text, String message) {
        var e = assertThrows(IllegalArgumentException.class, () -> parse(text));
        assertEquals("Fetch.api: " + message, e.getMessage());
    }

    @Test
    void readsAnApi() {
        Api api = parse(FETCH).apis().getFirst();
        assertEquals(1, api.key());
        assertEquals("Fetch", api.name());
        assertEquals(new Versions(4, 18), api.versions());
        assertEquals(12, api.request().flexibleFrom());
        assertEquals(18, api.unstable());
        assertEquals(4, api.advertise());
        assertEquals(Set.of("broker", "controller"), api.listeners());
        assertEquals("FetchRequest", api.request().name());
        Field error = api.response().root().fields().getFirst();
        assertEquals(Scalar.ERROR, error.type());
        assertEquals(new Versions(7, 18), error.versions());
    }

    @Test
    void aFieldKnowsItsVersionsAndThoseWhereItMayBeNull() {
        Api api = parse(FETCH).apis().getFirst();
        List<Field> fields = api.request().root().fields();
        Field clusterId = fields.getFirst();
        assertEquals(new Versions(12, 18), clusterId.versions());
        assertEquals(new Versions(12, 18), clusterId.nullable());
        assertTrue(clusterId.isNullDefault());
        assertTrue(clusterId.ignorable());
        assertEquals(0, clusterId.tag());
        assertEquals(new ListOf(new StructType("Topic")), fields.get(1).type());

        Struct topic = api.request().structs().getFirst();
        assertEquals(new Versions(4, 18), topic.versions());
        assertEquals(new Versions(7, 12), topic.fields().getFirst().nullable());
        assertNull(topic.fields().get(1).nullable());
        assertEquals("-1", topic.fields().get(1).defaultText());
    }

    @Test
    void gathersTheRecordsOfALog() {
        Schema schema = parse("""
                data Alone  versions 0
                  a  int8
                log Fruit
                data Apple  key 3  versions 0-1
                  a  int8
                data Pear  key 4  versions 0
                """);
        assertEquals(3, schema.data().size());
        Log log = schema.logs().getFirst();
        assertEquals("Fruit", log.name());
        assertEquals(
                List.of(3, 4), log.records().stream().map(Schema.LogRecord::key).toList());
    }

    @Test
    void saysWhereASchemaIsWrong() {
        refused("fruit", "line 1: expected api, log or data");
        refused("data A  versions 0-1\n  a  int8  0-3\n", "line 2: 0-3 is outside 0-1");
        refused("data A  versions 0-1\n  a  int8  2+\n", "line 2: no versions in 2-1");
        refused("data A  versions 0\n  a  B\n", "A: no struct B");
        refused(
                "data A  versions 0\n  a  B\n    c  int8\n  d  B\n    c  int8\n",
                "line 4: B is declared twice");
        refused("data A  versions 0\n   a  int8\n", "line 2: indent by two spaces a level");
        refused("data A  versions 0\n  a\n", "line 2: a word is missing");
        refused("data A\n", "no versions given");
        refused("api 1 A  versions 0\nresponse\n", "line 2: expected request");
        refused("api 1 A  versions 0  colour red\n", "line 1: unknown word colour");
        refused("api 1 A  versions 0\nrequest\n", "the file ends too early");
    }
}
