package io.millrace.clients.producer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.clients.producer.PartitionSequences.Verdict;
import io.millrace.protocol.ErrorCode;
import org.junit.jupiter.api.Test;

class PartitionSequencesTest {
    private final PartitionSequences sequences = new PartitionSequences();

    @Test
    void numbersFollowEachOtherAndStartOverAfterTheLargest() {
        sequences.begin(7, (short) 0);
        assertEquals(0, sequences.assign(10));
        assertEquals(10, sequences.assign(Integer.MAX_VALUE - 10));
        assertEquals(Integer.MAX_VALUE, sequences.assign(3));
        assertEquals(2, sequences.assign(1));
    }

    @Test
    void aBatchThatOvertookAnotherComesAgain() {
        sequences.begin(7, (short) 0);
        int first = sequences.assign(5);
        int second = sequences.assign(5);
        sequences.stored(first + 4);
        int third = sequences.assign(5);
        assertEquals(
                Verdict.RETRY,
                sequences.judge(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER, third, true));
        assertFalse(sequences.mustRenew());
        assertEquals(
                Verdict.RENEW_AND_RETRY,
                sequences.judge(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER, second, true));
        assertTrue(sequences.mustRenew());
    }

    @Test
    void numbersBelowWhatIsStoredCanNeverFit() {
        sequences.begin(7, (short) 0);
        int first = sequences.assign(5);
        int second = sequences.assign(5);
        sequences.stored(second + 4);
        assertEquals(
                Verdict.RENEW_AND_RETRY,
                sequences.judge(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER, first, true));
    }

    @Test
    void errorsMeanWhatTheyMean() {
        sequences.begin(7, (short) 0);
        assertEquals(Verdict.STORED, sequences.judge(ErrorCode.DUPLICATE_SEQUENCE_NUMBER, 0, true));
        assertEquals(Verdict.SPLIT, sequences.judge(ErrorCode.MESSAGE_TOO_LARGE, 0, true));
        assertEquals(Verdict.FAIL, sequences.judge(ErrorCode.MESSAGE_TOO_LARGE, 0, false));
        assertEquals(Verdict.RETRY, sequences.judge(ErrorCode.NOT_LEADER_OR_FOLLOWER, 0, true));
        assertEquals(Verdict.FAIL, sequences.judge(ErrorCode.TOPIC_AUTHORIZATION_FAILED, 0, true));
        assertEquals(Verdict.FAIL, sequences.judge(ErrorCode.INVALID_TOPIC_EXCEPTION, 0, true));
        assertFalse(sequences.mustRenew());
        assertEquals(
                Verdict.RENEW_AND_RETRY, sequences.judge(ErrorCode.UNKNOWN_PRODUCER_ID, 0, true));
    }

    @Test
    void renewingStartsFromZeroWithAHigherEpoch() {
        sequences.begin(7, (short) 0);
        sequences.assign(5);
        sequences.gaveUp();
        assertTrue(sequences.mustRenew());
        sequences.begin(7, (short) 1);
        assertFalse(sequences.mustRenew());
        assertTrue(sequences.isUnproven());
        assertEquals(0, sequences.assign(2));
        assertEquals(1, sequences.epoch());
    }
}
