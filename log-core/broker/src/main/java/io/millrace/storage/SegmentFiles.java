package io.millrace.storage;

import io.millrace.host.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The files of the segments in a log's folder.
///
/// @param bases base offsets of the segments, rising
/// @param snapshots offsets of the producer snapshots, rising
/// @param names everything in the folder
record SegmentFiles(List<Long> bases, List<Long> snapshots, Set<String> names) {
    private static final List<String> SUFFIXES = List.of(
            FileNames.LOG,
            FileNames.OFFSET_INDEX,
            FileNames.TIME_INDEX,
            FileNames.TRANSACTION_INDEX,
            FileNames.SNAPSHOT);

    SegmentFiles {
        bases = List.copyOf(bases);
        snapshots = List.copyOf(snapshots);
        names = Set.copyOf(names);
    }

    boolean has(String name) {
        return names.contains(name);
    }

    boolean hasIndexes(long base) {
        return has(FileNames.of(base, FileNames.OFFSET_INDEX))
                && has(FileNames.of(base, FileNames.TIME_INDEX));
    }

    /// Ends what a crash interrupted: what was marked as deleted or was not cleaned to its end
    /// goes, and a finished cleaning takes the place of what it was made from.
    static SegmentFiles tidy(Disk disk, Path folder) throws IOException {
        List<Long> swaps = new ArrayList<>();
        List<String> names = disk.list(folder);
        boolean isTidy = true;
        for (String name : names) {
            if (name.endsWith(FileNames.DELETED) || name.endsWith(FileNames.CLEANED)) {
                disk.delete(folder.resolve(name));
                isTidy = false;
            } else if (FileNames.offset(name, FileNames.LOG + FileNames.SWAP) >= 0) {
                swaps.add(FileNames.offset(name, FileNames.LOG + FileNames.SWAP));
            }
        }
        for (long swap : swaps) {
            SegmentSwap.finish(disk, folder, swap);
            isTidy = false;
        }
        return of(isTidy ? names : disk.list(folder));
    }

    private static SegmentFiles of(List<String> names) {
        List<Long> bases = new ArrayList<>();
        List<Long> snapshots = new ArrayList<>();
        for (String name : names) {
            long base = FileNames.offset(name, FileNames.LOG);
            if (base >= 0) {
                bases.add(base);
            } else if (FileNames.offset(name, FileNames.SNAPSHOT) >= 0) {
                snapshots.add(FileNames.offset(name, FileNames.SNAPSHOT));
            }
        }
        return new SegmentFiles(bases, snapshots, new HashSet<>(names));
    }

    /// Removes all files of a segment.
    static void delete(Disk disk, Path folder, long base) throws IOException {
        for (String suffix : SUFFIXES) {
            disk.delete(folder.resolve(FileNames.of(base, suffix)));
        }
    }

    /// Renames the files of a segment but the log itself such that they are removed at the next
    /// start at the latest.
    static List<Path> markDeleted(Disk disk, Path folder, long base, boolean withSnapshot)
            throws IOException {
        List<Path> marked = new ArrayList<>();
        for (String suffix : SUFFIXES) {
            Path file = folder.resolve(FileNames.of(base, suffix));
            boolean stays = suffix.equals(FileNames.LOG)
                    || suffix.equals(FileNames.SNAPSHOT) && !withSnapshot;
            if (!stays && disk.exists(file)) {
                Path target = folder.resolve(FileNames.of(base, suffix + FileNames.DELETED));
                disk.move(file, target);
                marked.add(target);
            }
        }
        return marked;
    }
}
