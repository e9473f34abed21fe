package io.millrace.buildtools.protocol;

import io.millrace.buildtools.protocol.Schema.Struct;

/// Whether a struct is written in the flexible form: never, always, or from some version on.
final class Flexibility {
    private final int from;
    private final Versions versions;

    Flexibility(int from, Struct struct) {
        this.from = from;
        this.versions = struct.versions();
    }

    boolean possible() {
        return versions.highest() >= from;
    }

    boolean always() {
        return versions.lowest() >= from;
    }

    /// The versions in which it is flexible.
    Versions range() {
        return new Versions(Math.max(from, versions.lowest()), versions.highest());
    }

    /// What to pass for the parameter `flexible`.
    String argument() {
        return always() ? "true" : possible() ? "flexible" : "false";
    }

    void declare(JavaText java) {
        if (possible() && !always()) {
            java.line("boolean flexible = version >= " + from + ";");
        }
    }

    void open(JavaText java) {
        if (!always()) {
            java.open("if (flexible)");
        }
    }

    void close(JavaText java) {
        if (!always()) {
            java.close();
        }
    }
}
