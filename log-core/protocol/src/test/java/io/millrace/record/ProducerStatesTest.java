package io.millrace.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProducerStatesTest {
    private static final int MAX = Integer.MAX_VALUE;

    private final ProducerStates states = new ProducerStates(1_000);
    private final BatchBuilder builder = new BatchBuilder();
    private long next;

    /// Seven batches of two records came before, of epoch 3: sequences 0 to 13 at offsets 0 to 13.
    /// Where several errors apply, the first of this order is told: duplicate, epoch, sequence,
    /// transaction.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            3 | 14 | 2 | false | in order
            3 | 12 | 2 | false | duplicate 12-13
            3 |  4 | 2 | false | duplicate 4-5
            3 |  2 | 2 | false | OUT_OF_ORDER_SEQUENCE_NUMBER
            3 | 12 | 1 | false | OUT_OF_ORDER_SEQUENCE_NUMBER
            3 | 12 | 4 | false | OUT_OF_ORDER_SEQUENCE_NUMBER
            3 | 13 | 1 | false | OUT_OF_ORDER_SEQUENCE_NUMBER
            3 | 15 | 1 | false | OUT_OF_ORDER_SEQUENCE_NUMBER
            2 | 14 | 2 | false | INVALID_PRODUCER_EPOCH
            2 | 12 | 2 | false | INVALID_PRODUCER_EPOCH
            4 |  0 | 2 | false | in order
            4 | 14 | 2 | false | OUT_OF_ORDER_SEQUENCE_NUMBER
            4 | 12 | 2 | false | OUT_OF_ORDER_SEQUENCE_NUMBER
            3 | 14 | 2 | true  | INVALID_TXN_STATE
            3 | 15 | 2 | true  | OUT_OF_ORDER_SEQUENCE_NUMBER
            2 | 15 | 2 | true  | INVALID_PRODUCER_EPOCH
            3 | 12 | 2 | true  | duplicate 12-13
            """)
    void answersInKafkasOrder(
            short epoch, int sequence, int count, boolean hasOpenTransaction, String expected) {
        for (int i = 0; i < 7; i++) {
            append(batch(1, (short) 3, 2 * i, 2, hasOpenTransaction && i == 6));
        }
        assertEquals(expected, check(batch(1, epoch, sequence, count, false)));
    }

    @Test
    void anUnknownProducerMayBeginAnywhere() {
        assertEquals("in order", check(batch(1, (short) 5, 77, 2, false)));
        append(batch(1, (short) 5, 77, 2, false));
        assertEquals("in order", check(batch(1, (short) 5, 79, 2, false)));
        assertEquals("OUT_OF_ORDER_SEQUENCE_NUMBER", check(batch(1, (short) 5, 0, 2, false)));
    }

    @Test
    void batchesWithoutProducerAreNotLookedAt() {
        assertEquals("in order", check(batch(-1, (short) -1, -1, 2, false)));
        append(batch(-1, (short) -1, -1, 2, false));
        assertEquals(0, states.size());
    }

    @Test
    void sequencesStartOverBehindTheLargestInt() {
        append(batch(1, (short) 0, MAX - 1, 2, false));
        assertEquals("in order", check(batch(1, (short) 0, 0, 1, false)));
        append(batch(2, (short) 0, MAX - 1, 4, false));
        assertEquals("duplicate 2-5", check(batch(2, (short) 0, MAX - 1, 4, false)));
        assertEquals("in order", check(batch(2, (short) 0, 2, 1, false)));
        assertEquals("OUT_OF_ORDER_SEQUENCE_NUMBER", check(batch(2, (short) 0, 3, 1, false)));
    }

    @Test
    void silentProducersExpireUnlessATransactionIsOpen() {
        append(batch(1, (short) 0, 0, 1, false));
        append(batch(2, (short) 0, 0, 1, true));
        states.expire(999);
        assertEquals(2, states.size());
        states.expire(1_000);
        assertEquals(1, states.size());
        assertEquals(OptionalLong.of(1), states.firstOpenOffset());
        ProducerStates loaded = new ProducerStates(1_000);
        loaded.load(states.snapshot(), 1_000_000);
        assertEquals(OptionalLong.of(1), loaded.firstOpenOffset());
    }

    private ByteBuffer batch(
            long id, short epoch, int sequence, int count, boolean isTransactional) {
        builder.begin(next);
        builder.producer(id, epoch, sequence);
        if (isTransactional) {
            builder.transactional();
        }
        for (int i = 0; i < count; i++) {
            builder.append(next + i, 0, null, ByteBuffer.allocate(1), RecordHeader.NONE);
        }
        return builder.finish();
    }

    private void append(ByteBuffer batch) {
        states.append(batch, 0);
        next = RecordBatch.nextOffset(batch, 0);
    }

    private String check(ByteBuffer batch) {
        return switch (states.check(batch, 0)) {
            case ProducerStates.Sequence.InOrder inOrder -> "in order";
            case ProducerStates.Sequence.Duplicate duplicate ->
                "duplicate " + duplicate.firstOffset() + "-" + duplicate.lastOffset();
            case ProducerStates.Sequence.Refused refused -> refused.error().name();
        };
    }
}
