package io.millrace.platform.cli;

/// Text of others, as one line that a terminal can show: line ends and other control characters are
/// written as escapes, and the middle of what is far too long is left out.
final class OneLine {
    private static final int LONGEST = 1_000;

    private OneLine() {}

    static String of(String text) {
        String shown = text.length() <= LONGEST
                ? text
                : text.substring(0, LONGEST / 2) + " ... "
                        + text.substring(text.length() - LONGEST / 2);
        StringBuilder line = new StringBuilder(shown.length());
        shown.codePoints().forEach(c -> {
            switch (c) {
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                case '\t' -> line.append(' ');
                default -> {
                    if (isVisible(c)) {
                        line.appendCodePoint(c);
                    } else {
                        line.append(String.format("\\u%04x", c));
                    }
                }
            }
        });
        return line.toString();
    }

    private static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> false;
            default -> true;
        };
    }
}
