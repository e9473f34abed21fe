package io.millrace.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What the records promise beyond their bytes.
class GeneratedRecordTest {
    @Test
    void aListIsCopiedInAndCannotBeChanged() {
        List<String> names = new ArrayList<>(List.of("a"));
        DeleteGroupsRequest request = new DeleteGroupsRequest(names);
        names.add("b");
        assertEquals(List.of("a"), request.groupsNames());
        assertThrows(
                UnsupportedOperationException.class, () -> request.groupsNames().add("c"));
        assertThrows(
                UnsupportedOperationException.class, () -> request.groupsNames().set(0, "c"));
        assertThrows(
                IndexOutOfBoundsException.class, () -> request.groupsNames().get(1));
    }

    @Test
    void aListOfOursIsNotCopiedAgain() {
        DeleteGroupsRequest request = new DeleteGroupsRequest(List.of("a", "b"));
        DeleteGroupsRequest again = new DeleteGroupsRequest(request.groupsNames());
        assertSame(request.groupsNames(), again.groupsNames());
        assertEquals(request, again);
        assertEquals(request.hashCode(), new DeleteGroupsRequest(List.of("a", "b")).hashCode());
    }

    @Test
    void oneReaderOfBytesCannotMoveAnother() {
        var response = SaslAuthenticateResponse.DEFAULT.withAuthBytes(ByteBuffer.wrap(new byte[3]));
        response.authBytes().getShort();
        assertEquals(3, response.authBytes().remaining());
        assertNotSame(response.authBytes(), response.authBytes());
        Records.InMemory records = new Records.InMemory(ByteBuffer.allocate(9));
        records.buffer().getLong();
        assertEquals(9, records.sizeInBytes());
    }

    @Test
    void aWithMethodChangesOneFieldOfACopy() {
        FetchResponse before = FetchResponse.DEFAULT;
        FetchResponse after = before.withThrottleTimeMs(3).withErrorCode(ErrorCode.INVALID_REQUEST);
        assertEquals(3, after.throttleTimeMs());
        assertEquals(ErrorCode.INVALID_REQUEST, after.errorCode());
        assertEquals(0, before.throttleTimeMs());
        assertEquals(before, after.withThrottleTimeMs(0).withErrorCode(ErrorCode.NONE));
    }
}
