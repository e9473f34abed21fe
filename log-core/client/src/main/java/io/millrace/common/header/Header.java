package io.millrace.common.header;

import io.millrace.record.RecordHeader;
import org.jspecify.annotations.Nullable;

/// A header of a record.
public interface Header extends RecordHeader {
    @Override
    String key();

    @Override
    byte @Nullable [] value();
}
