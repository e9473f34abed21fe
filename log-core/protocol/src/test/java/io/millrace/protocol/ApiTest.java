package io.millrace.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.apache.kafka.common.message.ApiMessageType.ListenerType;
import org.apache.kafka.common.protocol.ApiKeys;
import org.junit.jupiter.api.Test;

class ApiTest {
    @Test
    void agreesWithKafkaOnEveryApi() {
        int found = 0;
        for (ApiKeys theirs : ApiKeys.values()) {
            Api ours = Api.forKey(theirs.id);
            if (!theirs.hasValidVersion()) {
                assertNull(ours, theirs.name);
                continue;
            }
            assertNotNull(ours, theirs.name);
            found++;
            assertEquals(theirs.id, ours.key());
            assertEquals(theirs.name(), ours.name());
            assertEquals(theirs.name, ours.apiName());
            assertEquals(theirs.oldestVersion(), ours.minVersion(), theirs.name);
            assertEquals(theirs.latestVersion(false), ours.maxVersion(), theirs.name);
            assertEquals(theirs.latestVersion(true), ours.latestVersion(), theirs.name);
            assertEquals(theirs.inScope(ListenerType.BROKER), ours.onBroker(), theirs.name);
            assertEquals(theirs.inScope(ListenerType.CONTROLLER), ours.onController(), theirs.name);
            agreesOnHeaders(theirs, ours);
        }
        assertEquals(Api.values().length, found);
    }

    private static void agreesOnHeaders(ApiKeys theirs, Api ours) {
        for (short v = theirs.oldestVersion(); v <= theirs.latestVersion(true); v++) {
            assertEquals(theirs.requestHeaderVersion(v), ours.requestHeaderVersion(v), theirs.name);
            int expected = theirs.responseHeaderVersion(v);
            assertEquals(expected, ours.responseHeaderVersion(v), theirs.name);
        }
        var advertised = theirs.toApiVersionForApiResponse(false, ListenerType.BROKER);
        advertised.ifPresent(range -> {
            assertEquals(range.minVersion(), ours.advertisedMinVersion(), theirs.name);
            assertEquals(range.maxVersion(), ours.maxVersion(), theirs.name);
        });
    }

    @Test
    void readsTheMessagesOfItsOwn() {
        for (Api api : Api.values()) {
            int version = api.latestVersion();
            Request request = api.readRequest(reader(requestOf(api), version), version);
            Response response = api.readResponse(reader(responseOf(api), version), version);
            assertEquals(api, request.api());
            assertEquals(api, response.api());
        }
    }

    @Test
    void findsTheRecordsOfALogByTheirKey() {
        MetadataRecord topic = TopicRecord.DEFAULT.withName("orders");
        WireReader in = reader(topic, 0);
        assertEquals(topic, MetadataRecord.read(topic.typeKey(), 0, in));
        assertNull(MetadataRecord.read(1000, 0, new WireReader(WireReader.NO_BYTES)));
        OffsetsKey key = new OffsetCommitKey("group", "orders", 3);
        assertInstanceOf(OffsetCommitKey.class, OffsetsKey.read(key.typeKey(), 0, reader(key, 0)));
    }

    private static Message requestOf(Api api) {
        return named(api.apiName() + "Request");
    }

    private static Message responseOf(Api api) {
        return named(api.apiName() + "Response");
    }

    private static Message named(String name) {
        for (Class<?> type : Messages.all()) {
            if (type.getSimpleName().equals(name)) {
                return (Message) Messages.constant(type, "DEFAULT");
            }
        }
        throw new AssertionError(name);
    }

    private static WireReader reader(Message message, int version) {
        return new WireReader(Messages.write(message, version));
    }
}
