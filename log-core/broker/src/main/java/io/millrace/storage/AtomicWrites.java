package io.millrace.storage;

import io.millrace.host.Disk;
import io.millrace.host.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Replaces any number of small files, each of which is whole, old or new, after a crash: they are
/// written beside their targets, synced many at a time, and renamed. Five thousand files cost a few
/// syncs of many and not ten thousand of one, and only some of them are open at a time.
///
/// Owner thread: the one that made it, which may block.
final class AtomicWrites {
    private static final String FRESH = ".tmp";
    private static final int MOST_OPEN = 500;

    private final Disk disk;
    private final Set<Path> renames = new LinkedHashSet<>();
    private final Set<Path> directories = new LinkedHashSet<>();
    private final List<DiskFile> unsynced = new ArrayList<>();

    AtomicWrites(Disk disk) {
        this.disk = disk;
    }

    void add(Path target, String text) throws IOException {
        add(target, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    /// A file that nobody reads before the next clean start: after a crash it may be anything.
    void addInPlace(Path target, ByteBuffer content) throws IOException {
        write(target, Disk.Mode.CREATE, content);
    }

    void add(Path target, ByteBuffer content) throws IOException {
        Path beside = beside(target);
        disk.delete(beside);
        write(beside, Disk.Mode.CREATE_NEW, content);
        renames.add(target);
    }

    private void write(Path path, Disk.Mode mode, ByteBuffer content) throws IOException {
        if (unsynced.size() >= MOST_OPEN) {
            sync();
        }
        DiskFile file = disk.open(path, mode);
        unsynced.add(file);
        Path parent = path.getParent();
        if (parent != null) {
            directories.add(parent);
        }
        if (mode == Disk.Mode.CREATE) {
            file.truncate(0);
        }
        if (content.hasRemaining()) {
            file.write(content, 0);
        }
    }

    private static Path beside(Path target) {
        return target.resolveSibling(target.getFileName() + FRESH);
    }

    private void sync() throws IOException {
        try {
            disk.syncAll(List.copyOf(unsynced), List.of());
        } finally {
            for (DiskFile file : unsynced) {
                file.close();
            }
            unsynced.clear();
        }
    }

    /// Everything that was added is durable when this returns.
    void commit() throws IOException {
        sync();
        for (Path target : renames) {
            disk.move(beside(target), target);
        }
        disk.syncAll(List.of(), List.copyOf(directories));
        renames.clear();
        directories.clear();
    }
}
