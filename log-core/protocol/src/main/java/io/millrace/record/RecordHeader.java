package io.millrace.record;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A header of a record, as builders take it and readers give it. The client's public header type
/// is one too, so that nothing is converted on the way.
public interface RecordHeader {
    List<RecordHeader> NONE = List.of();

    String key();

    byte @Nullable [] value();
}
