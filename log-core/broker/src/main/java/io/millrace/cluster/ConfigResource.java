package io.millrace.cluster;

import java.util.Comparator;

/// What a configuration belongs to. The name of a topic, group or subscription; a node's number, or
/// nothing for all nodes.
public record ConfigResource(Kind kind, String name) implements Comparable<ConfigResource> {
    private static final Comparator<ConfigResource> ORDER =
            Comparator.comparing(ConfigResource::kind).thenComparing(ConfigResource::name);

    /// With the numbers of the wire and the log.
    public enum Kind {
        TOPIC(2),
        BROKER(4),
        BROKER_LOGGER(8),
        CLIENT_METRICS(16),
        GROUP(32),
        UNKNOWN(0);

        private final byte wireId;

        Kind(int wireId) {
            this.wireId = (byte) wireId;
        }

        public byte wireId() {
            return wireId;
        }

        /// `UNKNOWN` for a number that names none.
        public static Kind of(byte wireId) {
            for (Kind kind : values()) {
                if (kind.wireId == wireId) {
                    return kind;
                }
            }
            return UNKNOWN;
        }
    }

    /// Holds for every node that does not say otherwise.
    public static final ConfigResource ALL_BROKERS = new ConfigResource(Kind.BROKER, "");

    public static ConfigResource topic(String name) {
        return new ConfigResource(Kind.TOPIC, name);
    }

    public static ConfigResource broker(int id) {
        return new ConfigResource(Kind.BROKER, Integer.toString(id));
    }

    @Override
    public int compareTo(ConfigResource other) {
        return ORDER.compare(this, other);
    }
}
