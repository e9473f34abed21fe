package io.millrace.buildtools.protocol;

/// Java source being written, a line at a time, with its indentation.
final class JavaText {
    private final StringBuilder text = new StringBuilder();
    private int depth;

    JavaText line(String line) {
        if (!line.isEmpty()) {
            text.repeat("    ", depth).append(line);
        }
        text.append('\n');
        return this;
    }

    JavaText blank() {
        return line("");
    }

    /// Writes `head {` and indents until [#close()].
    JavaText open(String head) {
        line(head + " {");
        depth++;
        return this;
    }

    JavaText close() {
        return close("");
    }

    /// Closes a block with something after the brace, such as a semicolon.
    JavaText close(String after) {
        depth--;
        return line("}" + after);
    }

    /// Ends one branch and begins the next: `} else {`.
    JavaText next(String head) {
        depth--;
        line("} " + head + " {");
        depth++;
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
