package io.millrace.common;

import java.util.Map;

/// Something that a client makes from a class name and then configures.
public interface Configurable {
    void configure(Map<String, ?> configs);
}
