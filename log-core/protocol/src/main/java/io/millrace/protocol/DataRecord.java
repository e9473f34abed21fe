package io.millrace.protocol;

/// A message that is stored in a log or a file, or travels as opaque bytes within another message.
public interface DataRecord extends Message {
    int lowestVersion();

    int highestVersion();
}
