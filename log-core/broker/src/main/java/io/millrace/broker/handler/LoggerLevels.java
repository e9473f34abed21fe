package io.millrace.broker.handler;

import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The levels of this process's loggers, which Kafka's tools read and set as configurations of a
/// broker. Any thread may call.
public interface LoggerLevels {
    /// For a process whose logging cannot be changed.
    LoggerLevels FIXED = new LoggerLevels() {
        @Override
        public SortedMap<String, String> levels() {
            return new TreeMap<>();
        }

        @Override
        public boolean set(String logger, @Nullable String level) {
            return false;
        }
    };

    /// Level by name; the root logger is called `root`.
    SortedMap<String, String> levels();

    /// Null takes the level of the parent. False when there is no such logger.
    boolean set(String logger, @Nullable String level);
}
