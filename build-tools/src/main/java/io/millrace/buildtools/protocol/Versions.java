package io.millrace.buildtools.protocol;

/// A closed range of versions. The schema writes `4-18`, `12+` (up to what encloses it) or `7`.
record Versions(int lowest, int highest) {
    Versions {
        if (lowest < 0 || highest < lowest) {
            throw new IllegalArgumentException("no versions in " + lowest + "-" + highest);
        }
    }

    /// Reads a range that must lie within `outer`.
    static Versions parse(String text, Versions outer) {
        Versions range;
        int dash = text.indexOf('-');
        if (text.endsWith("+")) {
            range = new Versions(number(text.substring(0, text.length() - 1)), outer.highest);
        } else if (dash > 0) {
            range = new Versions(number(text.substring(0, dash)), number(text.substring(dash + 1)));
        } else {
            range = new Versions(number(text), number(text));
        }
        if (!outer.covers(range)) {
            throw new IllegalArgumentException(text + " is outside " + outer);
        }
        return range;
    }

    private static int number(String digits) {
        return Integer.parseInt(digits);
    }

    boolean covers(Versions other) {
        return lowest <= other.lowest && other.highest <= highest;
    }

    @Override
    public String toString() {
        return lowest == highest ? "" + lowest : lowest + "-" + highest;
    }
}
