package io.millrace.buildtools.tidy;

import java.util.List;
import java.util.regex.Pattern;

/// Open ends stand in docs/ROADMAP.md, where they are seen, and not in comments.
final class OpenEndRule implements Rule {
    // In two halves, so that this file passes.
    private static final Pattern OPEN = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");

    @Override
    public void check(Repository repository, Complaints complaints) {
        for (TextFile file : repository.files()) {
            List<String> lines = file.lines();
            for (int i = 0; i < lines.size(); i++) {
                if (OPEN.matcher(lines.get(i)).find()) {
                    complaints.add(
                            this, file.path(), i + 1, "an open end belongs in docs/ROADMAP.md");
                }
            }
        }
    }
}
