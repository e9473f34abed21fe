package io.millrace.common.errors;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.protocol.ErrorCode;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every error becomes an exception of Kafka's name, and of the same kind.
class FailuresTest {
    @ParameterizedTest
    @EnumSource(value = ErrorCode.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void everyErrorHasKafkasException(ErrorCode code) {
        Exception theirs = Errors.forCode(code.code()).exception();
        if (Errors.forCode(code.code()) == Errors.UNKNOWN_SERVER_ERROR
                && code != ErrorCode.UNKNOWN_SERVER_ERROR) {
            return; // newer than the oracle
        }
        ApiException ours = Failures.of(code);
        assertEquals(theirs.getClass().getSimpleName(), ours.getClass().getSimpleName());
        assertEquals(
                theirs instanceof org.apache.kafka.common.errors.RetriableException,
                ours instanceof RetriableException,
                "retriable: " + code);
        assertEquals(
                theirs instanceof org.apache.kafka.common.errors.InvalidMetadataException,
                ours instanceof InvalidMetadataException,
                "metadata: " + code);
        assertEquals(
                theirs instanceof org.apache.kafka.common.errors.AuthorizationException,
                ours instanceof AuthorizationException,
                "authorization: " + code);
    }
}
