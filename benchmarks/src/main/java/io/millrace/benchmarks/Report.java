package io.millrace.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/// What was seen, on the terminal and in a file, which grows as scenarios end.
final class Report {
    private final Path file;
    private final StringBuilder rows = new StringBuilder();

    Report(Path results) throws IOException {
        var name = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").format(LocalDateTime.now());
        this.file = Files.createDirectories(results).resolve(name + ".md");
    }

    Path file() {
        return file;
    }

    void say(String text) throws IOException {
        System.out.println(text);
        Files.writeString(file, text + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    void add(Scenario scenario, Samples samples) throws IOException {
        Plan plan = scenario.plan();
        say("\n## " + plan.name() + ": " + plan.what() + "\n\n" + samples.table());
        var bars = new StringBuilder();
        for (Bar bar : scenario.bars()) {
            bars.append(bar.row(plan.name(), samples));
        }
        say(head() + bars);
        rows.append(bars);
    }

    /// All bars in one table.
    void end(Map<String, String> failures) throws IOException {
        say("\n## Bars\n\n" + head() + rows);
        for (var failure : failures.entrySet()) {
            say("not measured: " + failure.getKey() + ": " + failure.getValue());
        }
        System.err.println("Written to " + file);
    }

    private static String head() {
        return "| scenario | side | what | bar | seen | reached |\n|---|---|---|---|---|---|\n";
    }
}
