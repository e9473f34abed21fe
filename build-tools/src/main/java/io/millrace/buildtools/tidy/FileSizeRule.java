package io.millrace.buildtools.tidy;

import java.util.List;

/// How long a file and a line may be. An import cannot be wrapped.
final class FileSizeRule implements SourceRule {
    private static final int LINES = 400;
    private static final int COLUMNS = 100;

    @Override
    public void check(Source source, Complaints complaints) {
        List<String> lines = source.file().lines();
        int most = source.isTest() ? 2 * LINES : LINES;
        if (lines.size() > most && !source.carriesKafkaNames()) {
            complaints.add(
                    this,
                    source.path(),
                    most,
                    lines.size() + " lines; at most " + most + ": split it");
        }
        for (int i = 0; i < lines.size(); i++) {
            int columns = lines.get(i).codePointCount(0, lines.get(i).length());
            if (columns > COLUMNS && !lines.get(i).startsWith("import ")) {
                complaints.add(
                        this, source.path(), i + 1, columns + " columns; at most " + COLUMNS);
            }
        }
    }
}
