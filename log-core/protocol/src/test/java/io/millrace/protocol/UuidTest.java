package io.millrace.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class UuidTest {
    @Test
    void textIsThatOfKafka() {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 1_000; i++) {
            Uuid ours = new Uuid(random.nextLong(), random.nextLong());
            var theirs = new org.apache.kafka.common.Uuid(ours.high(), ours.low());
            assertEquals(theirs.toString(), ours.toString());
            assertEquals(ours, Uuid.parse(ours.toString()));
        }
        assertEquals(
                org.apache.kafka.common.Uuid.METADATA_TOPIC_ID.toString(),
                Uuid.METADATA_TOPIC_ID.toString());
        assertEquals(org.apache.kafka.common.Uuid.ZERO_UUID.toString(), Uuid.ZERO.toString());
        assertTrue(Uuid.ZERO.isZero());
    }

    @Test
    void refusesWhatIsNoId() {
        for (String text : List.of("", "short", "!".repeat(22), "A".repeat(23), "A".repeat(40))) {
            assertThrows(IllegalArgumentException.class, () -> Uuid.parse(text), text);
        }
    }

    @Test
    void ordersLikeItsBytes() {
        assertTrue(new Uuid(-1, 0).compareTo(new Uuid(1, 0)) > 0);
        assertTrue(new Uuid(1, -1).compareTo(new Uuid(1, 1)) > 0);
        assertEquals(0, new Uuid(1, 2).compareTo(new Uuid(1, 2)));
    }
}
