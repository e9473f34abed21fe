package io.millrace.protocol;

/// Anything that is generated from a schema.
public interface Message {
    /// Appends this message as `version` lays it out.
    ///
    /// @throws UnsupportedVersion if the version cannot carry a value that must not be lost
    void write(WireWriter out, int version);
}
