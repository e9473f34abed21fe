package io.millrace.buildtools.protocol;

/// Reads the schema files of the wire protocol and writes the message records.
public final class ProtocolGenerator {
    private ProtocolGenerator() {}

    public static void main(String[] args) {}
}
