package io.millrace.platform.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// Runs a command of this process as a shell would: with an input, catching what it prints.
final class TestCommands {
    private TestCommands() {}

    /// How a command went.
    record Run(int exit, String out, String err) {
        Run mustBeFine() {
            assertEquals(0, exit, err);
            return this;
        }
    }

    static synchronized Run run(String input, String... words) {
        InputStream in = System.in;
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        ByteArrayOutputStream complained = new ByteArrayOutputStream();
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
        int exit;
        try {
            exit = Commands.run(words);
        } finally {
            System.setIn(in);
            System.setOut(out);
            System.setErr(err);
        }
        return new Run(
                exit,
                printed.toString(StandardCharsets.UTF_8),
                complained.toString(StandardCharsets.UTF_8));
    }
}
