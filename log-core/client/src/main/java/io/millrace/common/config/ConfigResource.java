package io.millrace.common.config;

/// What a configuration belongs to.
public record ConfigResource(Type type, String name) {
    /// Kinds of resources, with the numbers that the wire has for them.
    public enum Type {
        GROUP(32),
        CLIENT_METRICS(16),
        BROKER_LOGGER(8),
        BROKER(4),
        TOPIC(2),
        UNKNOWN(0);

        private final byte id;

        Type(int id) {
            this.id = (byte) id;
        }

        public byte id() {
            return id;
        }

        public static Type forId(byte id) {
            for (Type type : values()) {
                if (type.id == id) {
                    return type;
                }
            }
            return UNKNOWN;
        }
    }

    /// An empty name is the default of all brokers.
    public boolean isDefault() {
        return name.isEmpty();
    }
}
