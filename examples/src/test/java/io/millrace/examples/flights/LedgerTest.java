package io.millrace.examples.flights;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A check that never fails proves nothing.
final class LedgerTest {
    @Test
    void differencesAreFound() {
        Ledger sent = ledger("a=1", "b=1", "a=2", "b=2");
        assertEquals(
                List.of(), sent.differences(ledger("b=1", "a=1", "b=2", "a=2")), "interleaved");
        assertEquals(1, sent.differences(ledger("a=2", "b=1", "a=1", "b=2")).size(), "reordered");
        assertEquals(1, sent.differences(ledger("a=1", "b=1", "a=3", "b=2")).size(), "changed");
        assertEquals(2, sent.differences(ledger("a=1", "b=1", "a=2")).size(), "lost");
        assertEquals(
                2, sent.differences(ledger("a=1", "b=1", "a=2", "b=2", "b=2")).size(), "twice");
        assertEquals(2, sent.differences(ledger("a=1", "b=1", "a=2", "c=2")).size(), "wrong key");
        assertEquals(1, sent.differences(ledger("a=12", "b=1", "a=", "b=2")).size(), "shifted");
    }

    private static Ledger ledger(String... records) {
        Ledger ledger = new Ledger();
        for (String record : records) {
            String[] parts = record.split("=", -1);
            ledger.add(
                    parts[0].getBytes(StandardCharsets.UTF_8),
                    parts[1].getBytes(StandardCharsets.UTF_8));
        }
        return ledger;
    }
}
