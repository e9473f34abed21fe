package io.millrace.common;

/// Whether records of transactions that are not committed are shown.
public enum IsolationLevel {
    READ_UNCOMMITTED,
    READ_COMMITTED;

    public byte id() {
        return (byte) ordinal();
    }
}
