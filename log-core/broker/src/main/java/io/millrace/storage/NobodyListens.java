package io.millrace.storage;

import io.millrace.protocol.ErrorCode;

/// Stands in until a log is attached.
enum NobodyListens implements LogListener {
    INSTANCE;

    @Override
    public void advanced(PartitionLog log) {}

    @Override
    public void dropped(PartitionLog log, long fromOffset, ErrorCode error) {}
}
