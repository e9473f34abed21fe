package io.millrace.cluster;

import static io.millrace.protocol.ErrorCode.INVALID_TOPIC_EXCEPTION;

/// What a topic may be called.
public final class TopicNames {
    public static final int MAX_LENGTH = 249;

    private TopicNames() {}

    public static Problem check(String name) {
        if (name.isEmpty()) {
            return invalid("A topic's name must not be empty.");
        }
        if (name.equals(".") || name.equals("..")) {
            return invalid("A topic must not be called '" + name + "'.");
        }
        if (name.length() > MAX_LENGTH) {
            return invalid("A topic's name has at most " + MAX_LENGTH + " characters, and '" + name
                    + "' has " + name.length() + ".");
        }
        for (int i = 0; i < name.length(); i++) {
            if (!isAllowed(name.charAt(i))) {
                return invalid(
                        "A topic's name consists of ASCII letters, digits, '.', '_' and '-' only: '"
                                + name + "'.");
            }
        }
        return Problem.NONE;
    }

    private static boolean isAllowed(char c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || c == '.'
                || c == '_'
                || c == '-';
    }

    /// Names that differ in '.' and '_' alone would share the names of metrics, so they collide.
    static boolean canCollide(String name) {
        return name.indexOf('.') >= 0 || name.indexOf('_') >= 0;
    }

    static String unified(String name) {
        return name.replace('.', '_');
    }

    private static Problem invalid(String message) {
        return new Problem(INVALID_TOPIC_EXCEPTION, message);
    }
}
