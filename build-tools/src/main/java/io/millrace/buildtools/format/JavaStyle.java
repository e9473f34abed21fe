package io.millrace.buildtools.format;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.ImportOrderer;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.JavaFormatterOptions.Style;
import com.palantir.javaformat.java.RemoveUnusedImports;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The one way a Java file looks. The formatter takes `///` for a plain comment and breaks it
/// where it gets too long; so it sees a number in place of each such line, and the words are put
/// back and wrapped afterwards.
final class JavaStyle {
    static final int COLUMNS = 100;

    private static final Formatter FORMATTER = Formatter.createFormatter(
            JavaFormatterOptions.builder().style(Style.AOSP).build());
    private static final Pattern DOC = Pattern.compile("(?m)^( *)///(.*)$");
    private static final Pattern NUMBER = Pattern.compile("(?m)^( *)/// @(\\d+)$");

    private JavaStyle() {}

    static String applied(String path, String text) {
        try {
            String imported = ImportOrderer.reorderImports(
                    RemoveUnusedImports.removeUnusedImports(text), Style.PALANTIR);
            List<String> words =
                    DOC.matcher(imported).results().map(m -> m.group(2)).toList();
            String formatted = FORMATTER.formatSource(numbered(imported));
            return CommentWrap.applied(restored(path, formatted, words));
        } catch (FormatterException e) {
            throw new IllegalArgumentException(path + ": " + e.getMessage(), e);
        }
    }

    /// Every line of words comes back, in its order, or nothing is written.
    private static String restored(String path, String formatted, List<String> words) {
        int[] next = {0};
        String restored = NUMBER.matcher(formatted).replaceAll(m -> {
            return Matcher.quoteReplacement(
                    m.group(1) + "///" + words.get(inOrder(next, m.group(2))));
        });
        if (next[0] != words.size()) {
            throw new IllegalStateException(path + ": the formatter moved its /// comments");
        }
        return restored;
    }

    private static int inOrder(int[] next, String number) {
        if (Integer.parseInt(number) != next[0]) {
            throw new IllegalStateException("/// comment " + number + " moved");
        }
        return next[0]++;
    }

    private static String numbered(String text) {
        int[] next = {0};
        return DOC.matcher(text).replaceAll(m -> m.group(1) + "/// @" + next[0]++);
    }
}
