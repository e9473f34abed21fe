package io.millrace.common;

/// Protocols that a group can follow.
public enum GroupType {
    UNKNOWN("Unknown"),
    CONSUMER("Consumer"),
    CLASSIC("Classic"),
    SHARE("Share"),
    STREAMS("Streams");

    private final String text;

    GroupType(String text) {
        this.text = text;
    }

    public static GroupType parse(String text) {
        for (GroupType type : values()) {
            if (type.text.equalsIgnoreCase(text)) {
                return type;
            }
        }
        return UNKNOWN;
    }

    @Override
    public String toString() {
        return text;
    }
}
