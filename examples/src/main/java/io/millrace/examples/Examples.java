package io.millrace.examples;

import io.millrace.examples.flights.Flights;
import java.util.Arrays;

/// Finds an example by its name.
public final class Examples {
    private Examples() {}

    public static void main(String[] args) throws Exception {
        String name = args.length == 0 ? "" : args[0];
        String[] rest = args.length == 0 ? args : Arrays.copyOfRange(args, 1, args.length);
        System.exit(
                switch (name) {
                    case "flights" -> Flights.run(rest);
                    default -> {
                        System.err.println(
                                "millrace: there is no example '" + name + "': try flights");
                        yield 2;
                    }
                });
    }
}
