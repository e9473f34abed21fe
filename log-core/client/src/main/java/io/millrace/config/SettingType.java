package io.millrace.config;

/// Types of settings, with the numbers that `DescribeConfigs` uses for them.
public enum SettingType {
    BOOLEAN(1),
    STRING(2),
    INT(3),
    SHORT(4),
    LONG(5),
    DOUBLE(6),
    LIST(7),
    CLASS(8),
    PASSWORD(9);

    private final byte wireId;

    SettingType(int wireId) {
        this.wireId = (byte) wireId;
    }

    public byte wireId() {
        return wireId;
    }
}
