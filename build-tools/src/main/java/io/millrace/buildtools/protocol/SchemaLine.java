package io.millrace.buildtools.protocol;

import java.util.ArrayList;
import java.util.List;

/// One line of a schema file without its comment: how deep it stands, and its words.
record SchemaLine(int number, int depth, List<String> words) {

    static List<SchemaLine> of(String text) {
        List<SchemaLine> lines = new ArrayList<>();
        int number = 0;
        for (String raw : text.split("\n", -1)) {
            number++;
            int comment = raw.indexOf("//");
            String line = (comment < 0 ? raw : raw.substring(0, comment)).stripTrailing();
            if (!line.isEmpty()) {
                lines.add(of(number, line));
            }
        }
        return lines;
    }

    private static SchemaLine of(int number, String line) {
        int spaces = line.length() - line.stripLeading().length();
        if (spaces % 2 != 0) {
            throw new IllegalArgumentException("line " + number + ": indent by two spaces a level");
        }
        return new SchemaLine(number, spaces / 2, List.of(line.strip().split("\\s+")));
    }

    String first() {
        return words.getFirst();
    }

    String word(int index) {
        if (index >= words.size()) {
            throw new IllegalArgumentException("line " + number + ": a word is missing");
        }
        return words.get(index);
    }
}
