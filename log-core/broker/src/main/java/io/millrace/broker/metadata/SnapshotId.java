package io.millrace.broker.metadata;

import java.util.Optional;

/// A snapshot holds everything below `endOffset`; `epoch` is that of the last record below it. It
/// stands in the file's name.
record SnapshotId(long endOffset, int epoch) implements Comparable<SnapshotId> {
    static final String SUFFIX = ".checkpoint";

    private static final int OFFSET_DIGITS = 20;
    private static final int EPOCH_DIGITS = 10;

    String fileName() {
        return String.format("%020d-%010d%s", endOffset, epoch, SUFFIX);
    }

    /// Empty for any other file.
    static Optional<SnapshotId> parse(String fileName) {
        if (fileName.length() != OFFSET_DIGITS + 1 + EPOCH_DIGITS + SUFFIX.length()
                || !fileName.endsWith(SUFFIX)
                || fileName.charAt(OFFSET_DIGITS) != '-') {
            return Optional.empty();
        }
        try {
            return Optional.of(new SnapshotId(
                    Long.parseLong(fileName.substring(0, OFFSET_DIGITS)),
                    Integer.parseInt(fileName.substring(
                            OFFSET_DIGITS + 1, OFFSET_DIGITS + 1 + EPOCH_DIGITS))));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    @Override
    public int compareTo(SnapshotId other) {
        int order = Long.compare(endOffset, other.endOffset);
        return order != 0 ? order : Integer.compare(epoch, other.epoch);
    }
}
