package io.millrace.metrics;

/// One log directory at one moment.
public record DirectoryFigures(String path, boolean isOnline, boolean isFull, long usableBytes) {}
