package io.millrace.common;

import java.security.SecureRandom;

/// An id of 128 bits as the public API shows it; the wire has its own type.
public final class Uuid implements Comparable<Uuid> {
    public static final Uuid ZERO_UUID = new Uuid(0, 0);
    public static final Uuid ONE_UUID = new Uuid(0, 1);

    private static final SecureRandom RANDOM = new SecureRandom();

    private final long high;
    private final long low;

    public Uuid(long mostSignificantBits, long leastSignificantBits) {
        high = mostSignificantBits;
        low = leastSignificantBits;
    }

    public static Uuid of(io.millrace.protocol.Uuid id) {
        return new Uuid(id.high(), id.low());
    }

    /// An id whose text does not begin with a dash, so that it can stand on a command line.
    public static Uuid randomUuid() {
        Uuid made;
        do {
            made = new Uuid(RANDOM.nextLong(), RANDOM.nextLong());
        } while (made.high == 0 || made.toString().startsWith("-"));
        return made;
    }

    public static Uuid fromString(String text) {
        return of(io.millrace.protocol.Uuid.parse(text));
    }

    public io.millrace.protocol.Uuid onWire() {
        return new io.millrace.protocol.Uuid(high, low);
    }

    public long getMostSignificantBits() {
        return high;
    }

    public long getLeastSignificantBits() {
        return low;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(high ^ low);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Uuid that && high == that.high && low == that.low;
    }

    @Override
    public int compareTo(Uuid other) {
        int order = Long.compare(high, other.high);
        return order != 0 ? order : Long.compare(low, other.low);
    }

    @Override
    public String toString() {
        return onWire().toString();
    }
}
