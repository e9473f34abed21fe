package io.millrace.platform;

import io.millrace.platform.cli.Commands;

/// The program.
public final class Millrace {
    private Millrace() {}

    public static void main(String[] args) {
        int exit = run(args);
        if (exit != Commands.KEEP_RUNNING) {
            System.exit(exit);
        }
    }

    static int run(String... args) {
        return Commands.run(args);
    }
}
