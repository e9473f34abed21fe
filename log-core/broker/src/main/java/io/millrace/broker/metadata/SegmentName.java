package io.millrace.broker.metadata;

import java.util.OptionalLong;

/// Names of segment files: the offset of the first record they may hold.
final class SegmentName {
    static final String SUFFIX = ".log";

    private static final int DIGITS = 20;

    private SegmentName() {}

    static String of(long baseOffset) {
        return String.format("%020d%s", baseOffset, SUFFIX);
    }

    static String of(long baseOffset, String suffix) {
        return String.format("%020d%s", baseOffset, suffix);
    }

    /// Empty for any other file.
    static OptionalLong parse(String fileName) {
        if (fileName.length() != DIGITS + SUFFIX.length() || !fileName.endsWith(SUFFIX)) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(fileName.substring(0, DIGITS)));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
