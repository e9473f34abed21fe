package io.millrace.platform.fault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// Takes back what a loss of power could have taken: reads the log that `powerloss.c` wrote, and
/// undoes changes of files and directories that no later sync covered. The process must be dead.
final class PowerLoss {
    /// What becomes of changes that were not synced. A disk may do any of this.
    enum Fate {
        EVERYTHING,
        BYTES,
        NAMES,
        /// Of each file and directory the last changes are lost, from a point that chance decides.
        SOME
    }

    private static final String NOTHING = "-";

    /// A change of one file's bytes or length.
    private record Change(int at, long offset, long oldSize, byte[] oldBytes) {}

    /// A change of the names in a directory.
    private record Naming(int at, char kind, Path path, Path second, String grave) {}

    private record Sync(int begun, String target) {}

    private final Map<Long, List<Change>> changes = new HashMap<>();
    private final List<Naming> namings = new ArrayList<>();
    private final Map<Long, Sync> running = new HashMap<>();
    private final Map<String, Integer> covered = new HashMap<>();
    private int everythingCovered = -1;
    private int line;

    private long bytesUndone;
    private int namesUndone;
    private int syncs;
    private int wholeSyncs;

    private final Fate fate;
    private final SplittableRandom chance;
    private final Map<String, Integer> luck = new HashMap<>();

    private PowerLoss(Fate fate, long seed) {
        this.fate = fate;
        this.chance = new SplittableRandom(seed);
    }

    /// What was undone.
    ///
    /// @param wholeSyncs syncs of the whole file system, among all `syncs`
    record Result(long bytes, int names, int syncs, int wholeSyncs, long seed) {}

    static Result strike(Path root, Path graves, Path log, Fate fate) throws IOException {
        long seed = System.nanoTime();
        var loss = new PowerLoss(fate, seed);
        try (var lines = Files.lines(log)) {
            lines.forEach(loss::read);
        }
        if (fate != Fate.NAMES) {
            loss.undoBytes(List.of(root.toRealPath(), graves));
        }
        if (fate != Fate.BYTES) {
            loss.undoNames();
        }
        return new Result(loss.bytesUndone, loss.namesUndone, loss.syncs, loss.wholeSyncs, seed);
    }

    private void read(String text) {
        line++;
        String[] words = text.split(" ", 3);
        switch (words[0].charAt(0)) {
            case 'W' -> write(words[1], words[2].split(" "));
            case 'T' -> resize(words[1], words[2].split(" "));
            case 'B' -> running.put(Long.valueOf(words[1]), new Sync(line, "inode " + words[2]));
            case 'D' -> running.put(Long.valueOf(words[1]), new Sync(line, words[2]));
            case 'A' -> running.put(Long.valueOf(words[1]), new Sync(line, NOTHING));
            case 'E' -> synced(Long.parseLong(words[1]));
            case 'C' -> name('C', Path.of(words[2]), Path.of(words[2]), NOTHING);
            case 'M' -> name('M', Path.of(words[1]), Path.of(words[1]), NOTHING);
            case 'R' -> {
                String[] paths = words[2].split("\\|");
                name('R', Path.of(paths[0]), Path.of(paths[1]), paths[2]);
            }
            case 'U' -> {
                String[] paths = words[2].split("\\|");
                name('U', Path.of(paths[0]), Path.of(paths[0]), paths[1]);
            }
            default -> throw new IllegalStateException("line " + line + ": " + text);
        }
    }

    private void write(String inode, String[] fields) {
        change(inode, Long.parseLong(fields[0]), Long.parseLong(fields[2]), fields[3]);
    }

    private void resize(String inode, String[] fields) {
        change(inode, Long.parseLong(fields[1]), Long.parseLong(fields[0]), fields[2]);
    }

    private void change(String inode, long offset, long oldSize, String hex) {
        byte[] old = hex.equals(NOTHING) ? new byte[0] : HexFormat.of().parseHex(hex);
        changes.computeIfAbsent(Long.valueOf(inode), _ -> new ArrayList<>())
                .add(new Change(line, offset, oldSize, old));
    }

    private void name(char kind, Path path, Path second, String grave) {
        namings.add(new Naming(line, kind, path.normalize(), second.normalize(), grave));
    }

    private void synced(long id) {
        syncs++;
        Sync sync = running.remove(id);
        if (sync == null) {
            throw new IllegalStateException("line " + line + ": sync " + id + " never began");
        }
        if (sync.target().equals(NOTHING)) {
            wholeSyncs++;
            everythingCovered = Math.max(everythingCovered, sync.begun());
        } else {
            covered.merge(sync.target(), sync.begun(), Math::max);
        }
    }

    private boolean isLost(int at, String target) {
        int kept = fate == Fate.SOME
                ? luck.computeIfAbsent(target, _ -> chance.nextInt(line + 1))
                : -1;
        return at > Math.max(Math.max(everythingCovered, kept), covered.getOrDefault(target, -1));
    }

    private void undoBytes(List<Path> folders) throws IOException {
        for (Path folder : folders) {
            try (var files = Files.walk(folder)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    undoBytes(file, (Long) Files.getAttribute(file, "unix:ino"));
                }
            }
        }
    }

    private void undoBytes(Path file, long inode) throws IOException {
        List<Change> lost = changes.getOrDefault(inode, List.of()).stream()
                .filter(change -> isLost(change.at(), "inode " + inode))
                .sorted(Comparator.comparingInt(Change::at).reversed())
                .toList();
        if (lost.isEmpty()) {
            return;
        }
        long before = Files.size(file);
        try (var channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            for (Change change : lost) {
                if (change.oldBytes().length > 0) {
                    channel.write(ByteBuffer.wrap(change.oldBytes()), change.offset());
                    bytesUndone += change.oldBytes().length;
                }
                if (channel.size() > change.oldSize()) {
                    channel.truncate(change.oldSize());
                }
            }
            bytesUndone += Math.max(0, before - channel.size());
        }
    }

    private void undoNames() throws IOException {
        for (Naming naming : namings.reversed()) {
            if (!isLost(naming.at(), String.valueOf(naming.second().getParent()))) {
                continue;
            }
            namesUndone++;
            switch (naming.kind()) {
                case 'C' -> Files.deleteIfExists(naming.path());
                case 'M' -> deleteTree(naming.path());
                case 'R' -> {
                    if (Files.exists(naming.second())) {
                        Files.move(naming.second(), naming.path());
                    }
                    exhume(naming.grave(), naming.second());
                }
                default -> exhume(naming.grave(), naming.path());
            }
        }
    }

    private static void exhume(String grave, Path path) throws IOException {
        if (!grave.equals(NOTHING)
                && !Files.exists(path)
                && Files.exists(path.resolveSibling("."))) {
            Files.createLink(path, Path.of(grave));
        }
    }

    private static void deleteTree(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
