package io.millrace.clients.producer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class StickyChoiceTest {
    private final Random random = new Random(42);

    @Test
    void staysUntilABatchIsFullAndEnded() {
        StickyChoice choice = new StickyChoice(100);
        int first = choice.current(10, random.nextInt());
        choice.wrote(first, 60, false, 10, 3 + first);
        assertEquals(first, choice.current(10, random.nextInt()));
        choice.wrote(first, 60, false, 10, 3 + first);
        assertEquals(first, choice.current(10, random.nextInt()));
        choice.wrote(first, 10, true, 10, 3 + first);
        assertEquals((first + 3) % 10, choice.current(10, random.nextInt()));
    }

    @Test
    void longQueuesGetLess() {
        StickyChoice choice = new StickyChoice(1);
        choice.loads(new int[] {0, 2, 5}, new int[] {0, 3, 9});
        int[] counts = new int[6];
        for (int i = 0; i < 17_000; i++) {
            int partition = choice.current(6, random.nextInt());
            counts[partition]++;
            choice.wrote(partition, 10, true, 6, random.nextInt());
        }
        // Weights 10, 7 and 1 of 18.
        assertEquals(17_000, counts[0] + counts[2] + counts[5]);
        assertEquals(17_000 * 10 / 18, counts[0], 400);
        assertEquals(17_000 * 7 / 18, counts[2], 400);
        assertTrue(counts[5] > 500 && counts[5] < 1_500);
    }
}
