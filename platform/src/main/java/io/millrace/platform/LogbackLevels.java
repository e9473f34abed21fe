package io.millrace.platform;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import io.millrace.broker.handler.LoggerLevels;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/// The loggers of this process, so that Kafka's tools can make a running node say more.
final class LogbackLevels implements LoggerLevels {
    private static final String ROOT = "root";

    @Override
    public SortedMap<String, String> levels() {
        SortedMap<String, String> levels = new TreeMap<>();
        for (Logger logger : context().getLoggerList()) {
            boolean isRoot = logger.getName().equals(Logger.ROOT_LOGGER_NAME);
            levels.put(
                    isRoot ? ROOT : logger.getName(), logger.getEffectiveLevel().toString());
        }
        return levels;
    }

    @Override
    public boolean set(String logger, @Nullable String level) {
        if (!levels().containsKey(logger)) {
            return false;
        }
        Logger known = context().getLogger(logger.equals(ROOT) ? Logger.ROOT_LOGGER_NAME : logger);
        // Logback has no level above ERROR.
        known.setLevel(
                level == null ? null : level.equals("FATAL") ? Level.ERROR : Level.toLevel(level));
        return true;
    }

    private static LoggerContext context() {
        return (LoggerContext) LoggerFactory.getILoggerFactory();
    }
}
