package io.millrace.buildtools.tidy;

/// Where a rule is broken, and how to mend it.
public record Complaint(String path, long line, String rule, String text) {
    @Override
    public String toString() {
        return path + ":" + line + ": " + text + " [" + rule + "]";
    }
}
