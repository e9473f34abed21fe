package io.millrace.storage;

import io.millrace.host.Disk;
import io.millrace.host.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Replaces any number of small files, each of which is whole, old or new, after a crash: all are
/// written beside their targets, synced together, and renamed. Five thousand files cost three syncs
/// of many and not ten thousand of one.
///
/// Owner thread: the one that made it, which may block.
final class AtomicWrites {
    private static final String FRESH = ".tmp";

    private final Disk disk;
    private final Map<Path, DiskFile> fresh = new LinkedHashMap<>();
    private final Set<Path> directories = new LinkedHashSet<>();

    AtomicWrites(Disk disk) {
        this.disk = disk;
    }

    void add(Path target, String text) throws IOException {
        add(target, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    void add(Path target, ByteBuffer content) throws IOException {
        Path beside = target.resolveSibling(target.getFileName() + FRESH);
        disk.delete(beside);
        DiskFile file = disk.open(beside, Disk.Mode.CREATE_NEW);
        DiskFile before = fresh.put(target, file);
        if (before != null) {
            before.close();
        }
        if (content.hasRemaining()) {
            file.write(content, 0);
        }
        Path parent = target.getParent();
        if (parent != null) {
            directories.add(parent);
        }
    }

    /// Everything that was added is durable when this returns.
    void commit() throws IOException {
        try {
            disk.syncAll(List.copyOf(fresh.values()), List.of());
        } finally {
            for (DiskFile file : fresh.values()) {
                file.close();
            }
        }
        for (Path target : fresh.keySet()) {
            disk.move(target.resolveSibling(target.getFileName() + FRESH), target);
        }
        disk.syncAll(List.of(), new ArrayList<>(directories));
        fresh.clear();
        directories.clear();
    }
}
