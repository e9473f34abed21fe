package io.millrace.storage;

import io.millrace.protocol.Uuid;
import java.util.Locale;
import java.util.Optional;

/// Names of files and folders in a log directory, as Kafka has them.
final class FileNames {
    static final String LOG = ".log";
    static final String OFFSET_INDEX = ".index";
    static final String TIME_INDEX = ".timeindex";
    static final String TRANSACTION_INDEX = ".txnindex";
    static final String SNAPSHOT = ".snapshot";
    static final String DELETED = ".deleted";
    static final String CLEANED = ".cleaned";
    static final String SWAP = ".swap";
    static final String LEADER_EPOCHS = "leader-epoch-checkpoint";
    static final String PARTITION_METADATA = "partition.metadata";
    static final String RECOVERY_POINTS = "recovery-point-offset-checkpoint";
    static final String START_OFFSETS = "log-start-offset-checkpoint";
    static final String HIGH_WATERMARKS = "replication-offset-checkpoint";
    static final String CLEANER_POINTS = "cleaner-offset-checkpoint";
    static final String CLEAN_STOP = ".kafka_cleanshutdown";
    static final String META_PROPERTIES = "meta.properties";
    static final String LOCK = ".lock";
    private static final String DELETE_FOLDER = "-delete";
    private static final String FUTURE_FOLDER = "-future";
    private static final int OFFSET_DIGITS = 20;
    private static final String ZEROS = "0".repeat(OFFSET_DIGITS);
    /// What file systems allow a name.
    static final int MAX_FOLDER_NAME = 255;

    private FileNames() {}

    static String of(long offset, String suffix) {
        String digits = Long.toString(offset);
        return ZEROS.substring(Math.min(digits.length(), OFFSET_DIGITS)) + digits + suffix;
    }

    /// The offset in a name that is twenty digits and exactly this suffix; -1 for any other.
    static long offset(String name, String suffix) {
        if (name.length() != OFFSET_DIGITS + suffix.length() || !name.endsWith(suffix)) {
            return -1;
        }
        long offset = 0;
        for (int i = 0; i < OFFSET_DIGITS; i++) {
            int digit = name.charAt(i) - '0';
            if (digit < 0 || digit > 9 || offset > (Long.MAX_VALUE - digit) / 10) {
                return -1;
            }
            offset = offset * 10 + digit;
        }
        return offset;
    }

    /// The partition that lies in a folder of this name, if it is one.
    static Optional<LogId> partition(String folder) {
        int dash = folder.lastIndexOf('-');
        if (dash <= 0 || dash == folder.length() - 1 || isDeleted(folder) || isFuture(folder)) {
            return Optional.empty();
        }
        int partition = 0;
        for (int i = dash + 1; i < folder.length(); i++) {
            int digit = folder.charAt(i) - '0';
            if (digit < 0 || digit > 9 || partition > (Integer.MAX_VALUE - digit) / 10) {
                return Optional.empty();
            }
            partition = partition * 10 + digit;
        }
        return Optional.of(new LogId(folder.substring(0, dash), partition));
    }

    static boolean isDeleted(String folder) {
        return folder.endsWith(DELETE_FOLDER) && folder.indexOf('.') > 0;
    }

    static boolean isFuture(String folder) {
        return folder.endsWith(FUTURE_FOLDER) && folder.indexOf('.') > 0;
    }

    static String deletedFolder(LogId id, Uuid unique) {
        return marked(id, unique, DELETE_FOLDER);
    }

    static String futureFolder(LogId id, Uuid unique) {
        return marked(id, unique, FUTURE_FOLDER);
    }

    private static String marked(LogId id, Uuid unique, String mark) {
        String end =
                "." + String.format(Locale.ROOT, "%016x%016x", unique.high(), unique.low()) + mark;
        String start = id.toString();
        if (mark.equals(DELETE_FOLDER) && start.length() + end.length() > MAX_FOLDER_NAME) {
            start = start.substring(0, MAX_FOLDER_NAME - end.length());
        }
        return start + end;
    }
}
