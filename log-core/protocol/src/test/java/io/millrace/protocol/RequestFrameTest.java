package io.millrace.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.common.message.HeartbeatRequestData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.HeartbeatRequest;
import org.apache.kafka.common.requests.RequestHeader;
import org.junit.jupiter.api.Test;

class RequestFrameTest {
    private static ByteBuffer kafkaHeartbeat(short version) {
        var data =
                new HeartbeatRequestData().setGroupId("group").setMemberId("m").setGenerationId(4);
        return new HeartbeatRequest.Builder(data)
                .build(version)
                .serializeWithHeader(new RequestHeader(ApiKeys.HEARTBEAT, version, "client", 77));
    }

    @Test
    void readsWhatAClientOfKafkaSendsAndAnswersWhatItReads() {
        for (short version : ApiKeys.HEARTBEAT.allVersions()) {
            RequestFrame frame = RequestFrame.open(kafkaHeartbeat(version));
            assertEquals(Api.HEARTBEAT, frame.api());
            assertEquals("client", frame.header().clientId());
            assertTrue(frame.isSupported());
            var expected = new io.millrace.protocol.HeartbeatRequest("group", 4, "m", null);
            assertEquals(expected, frame.request());

            var answer = HeartbeatResponse.DEFAULT.withErrorCode(ErrorCode.REBALANCE_IN_PROGRESS);
            ByteBuffer bytes = joined(frame.reply(answer));
            assertEquals(bytes.remaining() - 4, bytes.getInt());
            var header = new RequestHeader(ApiKeys.HEARTBEAT, version, "client", 77);
            AbstractResponse theirs = AbstractResponse.parseResponse(bytes, header);
            assertEquals(27, theirs.errorCounts().keySet().iterator().next().code());
        }
    }

    private static ByteBuffer joined(List<WirePart> parts) {
        ByteBuffer all = ByteBuffer.allocate(1_000);
        parts.forEach(part -> all.put(((WirePart.Bytes) part).buffer()));
        return all.flip();
    }

    @Test
    void aVersionOfTheFutureStillHasAHeader() {
        WireWriter out = new WireWriter();
        new io.millrace.protocol.RequestHeader((short) 18, (short) 99, 5, "new").write(out, 2);
        RequestFrame frame = RequestFrame.open(out.toBuffer());
        assertEquals(Api.API_VERSIONS, frame.api());
        assertEquals(5, frame.header().correlationId());
        assertFalse(frame.isSupported());
        var refusal = ApiVersionsResponse.DEFAULT.withErrorCode(ErrorCode.UNSUPPORTED_VERSION);
        assertEquals(14, joined(frame.reply(refusal, 0)).remaining());
    }

    @Test
    void whatIsNoRequestIsRefused() {
        assertThrows(MalformedFrame.class, () -> RequestFrame.open(ByteBuffer.allocate(3)));
        ByteBuffer unknown = ByteBuffer.allocate(20).putShort(0, (short) 4);
        assertThrows(MalformedFrame.class, () -> RequestFrame.open(unknown));
        ByteBuffer heartbeat = kafkaHeartbeat((short) 4);
        ByteBuffer longer =
                ByteBuffer.allocate(heartbeat.limit() + 1).put(heartbeat).rewind();
        MalformedFrame e = assertThrows(
                MalformedFrame.class, () -> RequestFrame.open(longer).request());
        assertEquals("Heartbeat version 4 ends 1 bytes before its frame does", e.getMessage());
    }
}
