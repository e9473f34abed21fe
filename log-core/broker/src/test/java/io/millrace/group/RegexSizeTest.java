package io.millrace.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

/// Short expressions that are long, and long ones that are not.
class RegexSizeTest {
    private static long size(String regex) {
        long size = 0;
        while (RegexSize.exceeds(regex, size)) {
            size++;
        }
        return size;
    }

    @Test
    void countsMultiply() {
        assertEquals(3, size("abc"));
        assertEquals(4, size("ab{3}"));
        assertEquals(12, size("((ab){2}){3}"));
        assertEquals(7, size("a{2,5}b{1,}[x{9}]"));
        assertEquals(4, size("\\Qa{3}\\E"));
        assertEquals(2, size("\\p{Greek}\\x{10FFFF}"));
        assertEquals(4, size("a{b}"));
        assertEquals(3, size("[]{5}a]|[[:alpha:]{9}]|[^]{7}]"));
        assertEquals(2, size("a\\{{1}"));
    }

    @Test
    void whatAMillionInstructionsWouldTakeIsRefused() {
        assertFalse(SubscribedTopics.problem("(a{1000}){1000}").isEmpty());
        assertFalse(SubscribedTopics.problem("((a{1000}){1000}){1000}").isEmpty());
        assertFalse(SubscribedTopics.problem("a".repeat(20_000)).isEmpty());
        assertFalse(SubscribedTopics.problem("(".repeat(100_000)).isEmpty());
        assertEquals("", SubscribedTopics.problem("orders-[0-9]{1,4}(-(eu|us)){0,2}"));
        assertEquals("", SubscribedTopics.problem("a{1000}"));
        assertEquals("", SubscribedTopics.problem("(a+)+$"));
    }

    @Test
    void anythingEnds() {
        Random random = new Random(5);
        String alphabet = "a0,{}()[]^\\QEpx:|*1";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder regex = new StringBuilder();
            for (int length = random.nextInt(30); length > 0; length--) {
                regex.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            boolean small = !RegexSize.exceeds(regex.toString(), 1_000_000_000);
            assertTrue(small || regex.indexOf("{") >= 0, regex::toString);
        }
    }
}
