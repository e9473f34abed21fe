package io.millrace.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;

class ErrorCodeTest {
    @Test
    void agreesWithKafkaOnNumbersNamesAndWhatMayBeRetried() {
        for (Errors theirs : Errors.values()) {
            ErrorCode ours = ErrorCode.forCode(theirs.code());
            assertEquals(theirs.name(), ours.name());
            assertEquals(theirs.code(), ours.code());
            boolean isRetriable = theirs.exception() instanceof RetriableException;
            assertEquals(isRetriable, ours.isRetriable(), theirs.name());
        }
    }

    @Test
    void findsEveryCodeAndNamesTheRestUnknown() {
        for (ErrorCode code : ErrorCode.values()) {
            assertEquals(code, ErrorCode.forCode(code.code()));
        }
        assertEquals(ErrorCode.UNKNOWN_SERVER_ERROR, ErrorCode.forCode(-2));
        assertEquals(ErrorCode.UNKNOWN_SERVER_ERROR, ErrorCode.forCode(137));
        assertEquals(136, ErrorCode.CONTROLLER_ID_NOT_REGISTERED.code());
    }

    @Test
    void everyMessageIsASentenceOfItsOwn() {
        Set<String> messages = new HashSet<>();
        for (ErrorCode code : ErrorCode.values()) {
            assertTrue(code.message().endsWith("."), code.name());
            assertTrue(messages.add(code.message()), code.name());
        }
    }
}
