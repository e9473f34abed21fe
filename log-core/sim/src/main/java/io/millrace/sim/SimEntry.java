package io.millrace.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a name in a simulated directory stands for. Names live apart from what they name: a file
/// can be safe while its name is not.
sealed interface SimEntry {
    record File(SimContent content) implements SimEntry {}

    /// A directory: the names that programs see, those that are safe, and the changes between.
    final class Directory implements SimEntry {
        final TreeMap<String, SimEntry> seen = new TreeMap<>();
        private final TreeMap<String, SimEntry> durable = new TreeMap<>();
        private final List<Change> pending = new ArrayList<>();

        /// One step that happens whole or not at all: `remove` goes, `put` names `entry`.
        private record Change(
                @Nullable String remove,
                @Nullable String put,
                @Nullable SimEntry entry) {}

        void put(String name, SimEntry entry) {
            change(new Change(null, name, entry));
        }

        void remove(String name) {
            change(new Change(name, null, null));
        }

        void rename(String from, String to) {
            change(new Change(from, to, seen.get(from)));
        }

        private void change(Change change) {
            pending.add(change);
            apply(change, seen);
        }

        private static void apply(Change change, TreeMap<String, SimEntry> names) {
            if (change.remove != null) {
                names.remove(change.remove);
            }
            if (change.put != null && change.entry != null) {
                names.put(change.put, change.entry);
            }
        }

        void sync() {
            for (Change change : pending) {
                apply(change, durable);
            }
            pending.clear();
        }

        void forgetPending() {
            pending.clear();
        }

        /// Names that were not safe vanish or stay, and so do those that were removed.
        void losePower(SplittableRandom random, double survival) {
            for (Change change : pending) {
                if (random.nextDouble() < survival) {
                    apply(change, durable);
                }
            }
            pending.clear();
            seen.clear();
            seen.putAll(durable);
            for (SimEntry entry : seen.values()) {
                switch (entry) {
                    case File file -> file.content().losePower(random, survival);
                    case Directory directory -> directory.losePower(random, survival);
                }
            }
        }
    }
}
