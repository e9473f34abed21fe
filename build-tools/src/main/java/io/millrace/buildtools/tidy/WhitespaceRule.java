package io.millrace.buildtools.tidy;

import java.util.List;

/// No tabs, no carriage returns, no blanks at the end of a line, one line end at the end of a file.
final class WhitespaceRule implements Rule {
    @Override
    public void check(Repository repository, Complaints complaints) {
        for (TextFile file : repository.files()) {
            if (!file.text().isEmpty()
                    && (!file.text().endsWith("\n") || file.text().endsWith("\n\n"))) {
                complaints.add(
                        this, file.path(), file.lines().size(), "end the file with one line end");
            }
            if (file.text().contains("\r")) {
                complaints.add(this, file.path(), 1, "carriage return");
            }
            check(file, complaints);
        }
    }

    private void check(TextFile file, Complaints complaints) {
        List<String> lines = file.lines();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).endsWith(" ")) {
                complaints.add(this, file.path(), i + 1, "blank at the end of the line");
            }
            if (lines.get(i).contains("\t") && !file.path().contains("/resources/")) {
                complaints.add(this, file.path(), i + 1, "tab");
            }
        }
    }
}
