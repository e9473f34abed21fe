package io.millrace.group;

/// How large an expression is once its counts are written out: `(a{1000}){1000}` is short and a
/// million characters long. The library bounds each count by itself, but not their product, and
/// compiling takes time and memory in proportion to it.
///
/// Reads only as much of the syntax as it takes to count. What is not an expression at all is for
/// the library to say.
final class RegexSize {
    private static final int MAX_DEPTH = 1_000; // the library refuses more, too

    private final String regex;
    private final long limit;
    private final long[] outer = new long[MAX_DEPTH];
    private int depth;
    private int at;
    private long sum; // of the group that is open
    private long last; // the atom that a count would repeat

    private RegexSize(String regex, long limit) {
        this.regex = regex;
        this.limit = limit;
    }

    static boolean exceeds(String regex, long limit) {
        return new RegexSize(regex, limit).exceeds();
    }

    private boolean exceeds() {
        while (at < regex.length() && depth < MAX_DEPTH && sum <= limit) {
            step(regex.charAt(at++));
        }
        return at < regex.length() || sum > limit;
    }

    private void step(char c) {
        switch (c) {
            case '(' -> {
                outer[depth++] = sum;
                sum = 0;
                last = 0;
            }
            case ')' -> {
                last = sum;
                sum += depth > 0 ? outer[--depth] : 0;
            }
            case '[' -> {
                skipClass();
                atom(1);
            }
            case '\\' -> escape();
            case '{' -> count();
            case '|', '*', '+', '?' -> {}
            default -> atom(1);
        }
    }

    private void atom(long size) {
        last = size;
        sum += size;
    }

    private void skipClass() {
        at += regex.startsWith("^", at) ? 1 : 0;
        at += regex.startsWith("]", at) ? 1 : 0;
        while (at < regex.length() && regex.charAt(at) != ']') {
            if (regex.startsWith("[:", at)) {
                int end = regex.indexOf(":]", at);
                at = end < 0 ? at + 1 : end + 2;
            } else {
                at += regex.charAt(at) == '\\' ? 2 : 1;
            }
        }
        at = Math.min(at + 1, regex.length());
    }

    private void escape() {
        char c = at < regex.length() ? regex.charAt(at++) : '\\';
        if (c == 'Q') {
            int end = regex.indexOf("\\E", at);
            int until = end < 0 ? regex.length() : end;
            sum += Math.max(0, until - at - 1);
            atom(1);
            at = end < 0 ? until : end + 2;
        } else {
            if ("pPx".indexOf(c) >= 0 && regex.startsWith("{", at)) {
                int end = regex.indexOf('}', at);
                at = end < 0 ? regex.length() : end + 1;
            }
            atom(1);
        }
    }

    /// `{n}`, `{n,}` or `{n,m}`; anything else in braces is literal.
    private void count() {
        int end = regex.indexOf('}', at);
        String inside = end < 0 ? "" : regex.substring(at, end);
        if (inside.length() > 20 || !inside.matches("[0-9]+(,[0-9]*)?")) {
            atom(1);
            return;
        }
        at = end + 1;
        long most = 1;
        for (String number : inside.split(",")) {
            most = Math.max(most, number.length() > 6 ? limit : Long.parseLong(number));
        }
        sum += last * (most - 1);
        last *= most;
    }
}
