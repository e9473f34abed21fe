package io.millrace.examples.flights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The example as a user runs it, on the cut that lies in the repository.
@Timeout(180)
final class FlightsIT {
    private static final Path CUT = Path.of("flights/flights-20k.json");

    @Test
    void everyFlightOfTheCutComesBack() throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream shown = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        int exit;
        try {
            exit = Flights.run(CUT.toString());
        } finally {
            System.setOut(shown);
        }
        String text = printed.toString(StandardCharsets.UTF_8);
        assertEquals(0, exit, text);
        assertTrue(text.contains("wrote 20,000 records"), text);
        assertTrue(text.contains("read 20,000 records"), text);
        assertTrue(text.contains("every record came back, in order, under "), text);
    }

    @Test
    void whatCannotBeReadIsOneLine() throws Exception {
        assertEquals(2, Flights.run("no-such-file.json"));
        assertEquals(2, Flights.run("--topic"));
        assertEquals(2, Flights.run("--colour", "blue"));
    }
}
