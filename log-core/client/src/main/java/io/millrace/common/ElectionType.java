package io.millrace.common;

/// Which leader an election may choose.
public enum ElectionType {
    PREFERRED,
    UNCLEAN;

    public byte value() {
        return (byte) ordinal();
    }
}
