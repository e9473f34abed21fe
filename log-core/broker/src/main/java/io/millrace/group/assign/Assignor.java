package io.millrace.group.assign;

import java.util.SortedMap;

/// A way to divide partitions among members.
public sealed interface Assignor permits Range, Uniform {
    /// By which members ask for it.
    String name();

    /// What each member of the spec shall have. No partition goes to two members, and none to a
    /// member that is not subscribed to its topic.
    SortedMap<String, Assignment> assign(GroupSpec spec);

    /// The assignor of this name.
    static Assignor named(String name) {
        return switch (name) {
            case Range.NAME -> new Range();
            case Uniform.NAME -> new Uniform();
            default -> throw new IllegalArgumentException("there is no assignor " + name);
        };
    }

    static boolean exists(String name) {
        return name.equals(Range.NAME) || name.equals(Uniform.NAME);
    }
}
