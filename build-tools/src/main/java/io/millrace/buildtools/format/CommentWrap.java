package io.millrace.buildtools.format;

import java.util.ArrayList;
import java.util.List;

/// Wraps paragraphs of `///` comments that have a line too long; all others stay as they were
/// written. The formatter would break such a line in two and leave the rest ragged.
final class CommentWrap {
    private static final String MARK = "///";

    private final List<String> result = new ArrayList<>();
    private final List<String> paragraph = new ArrayList<>();
    private boolean inCode;

    private CommentWrap() {}

    static String applied(String text) {
        CommentWrap wrap = new CommentWrap();
        text.lines().forEach(wrap::add);
        wrap.endParagraph();
        return String.join("\n", wrap.result) + "\n";
    }

    private void add(String line) {
        String trimmed = line.strip();
        boolean comment = trimmed.startsWith(MARK);
        String words = comment ? trimmed.substring(MARK.length()).strip() : "";
        boolean fence = words.startsWith("```");
        inCode ^= fence;
        boolean prose =
                comment && !inCode && !fence && !words.isEmpty() && !words.matches("[|#].*");
        if (!prose || words.matches("([-*]|\\d+\\.) .*") || !sameIndent(line)) {
            endParagraph();
        }
        if (prose) {
            paragraph.add(line);
        } else {
            result.add(line);
        }
    }

    private boolean sameIndent(String line) {
        return paragraph.isEmpty()
                || paragraph.getLast().indexOf(MARK) == line.indexOf(MARK)
                        && indentOfWords(line) >= indentOfWords(paragraph.getFirst());
    }

    private static int indentOfWords(String line) {
        String words = line.substring(line.indexOf(MARK) + MARK.length());
        return words.length() - words.stripLeading().length();
    }

    private void endParagraph() {
        if (paragraph.stream().allMatch(line -> line.length() <= JavaStyle.COLUMNS)) {
            result.addAll(paragraph);
        } else {
            wrapParagraph();
        }
        paragraph.clear();
    }

    private void wrapParagraph() {
        String first = paragraph.getFirst();
        String margin = first.substring(0, first.indexOf(MARK) + MARK.length());
        String start = margin + " ".repeat(indentOfWords(first));
        String next = margin + " ".repeat(indentOfWords(paragraph.getLast()));
        StringBuilder line = new StringBuilder(start);
        for (String word : words()) {
            if (line.length() + 1 + word.length() > JavaStyle.COLUMNS) {
                result.add(line.toString().stripTrailing());
                line.setLength(0);
                line.append(next);
            }
            line.append(
                            line.length() == start.length() || line.length() == next.length()
                                    ? ""
                                    : " ")
                    .append(word);
        }
        result.add(line.toString());
    }

    private List<String> words() {
        List<String> words = new ArrayList<>();
        for (String line : paragraph) {
            String text = line.substring(line.indexOf(MARK) + MARK.length()).strip();
            words.addAll(List.of(text.split("\\s+")));
        }
        return words;
    }
}
