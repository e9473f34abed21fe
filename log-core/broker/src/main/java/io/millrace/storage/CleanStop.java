package io.millrace.storage;

import io.millrace.host.Disk;
import io.millrace.host.DiskFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// The end of a node's life in order: everything is synced, indexes and epochs are written, the
/// checkpoints say where each log ends, and last of all the mark says that this was so.
///
/// Owner thread: the one that stops the node; loops and writer rest.
final class CleanStop {
    private final Disk disk;
    private final DirectoryFiles files;
    private final long nodeEpoch;

    CleanStop(Disk disk, DirectoryFiles files, long nodeEpoch) {
        this.nodeEpoch = nodeEpoch;
        this.disk = disk;
        this.files = files;
    }

    /// @param arriving copies that are whole and about to get the name of their logs, or have it
    void write(Collection<PartitionLog> logs, Collection<PartitionLog> arriving)
            throws IOException {
        AtomicWrites writes = new AtomicWrites(disk);
        Set<DiskFile> unsynced = new LinkedHashSet<>();
        Set<Path> directories = new LinkedHashSet<>();
        SortedMap<LogId, Long> ends = new TreeMap<>();
        SortedMap<LogId, Long> starts = new TreeMap<>();
        SortedMap<LogId, Long> committed = new TreeMap<>();
        for (PartitionLog log : logs) {
            log.tail().makeFolder();
            log.tail().collectUnsynced(unsynced, directories);
            if (log.changedSinceLoad()) {
                addFiles(log, writes);
            }
            ends.put(log.id(), log.endOffset());
            if (log.startOffset() > 0) {
                starts.put(log.id(), log.startOffset());
            }
            committed.put(log.id(), log.committedEnd());
        }
        for (PartitionLog copy : arriving) {
            ends.put(copy.id(), copy.recoveryPoint());
            starts.put(copy.id(), copy.startOffset());
            committed.put(copy.id(), copy.committedEnd());
        }
        disk.syncAll(List.copyOf(unsynced), List.copyOf(directories));
        files.write(writes, FileNames.RECOVERY_POINTS, ends);
        files.write(writes, FileNames.START_OFFSETS, starts);
        files.write(writes, FileNames.HIGH_WATERMARKS, committed);
        writes.commit();
        files.writeCleanMark(nodeEpoch);
        for (PartitionLog log : logs) {
            log.close();
            log.segments().all().forEach(segment -> segment.file().release());
        }
    }

    private void addFiles(PartitionLog log, AtomicWrites writes) throws IOException {
        Path folder = log.tail().folder();
        if (log.epochs().size() > 0) {
            writes.add(
                    folder.resolve(FileNames.LEADER_EPOCHS), CheckpointFile.epochs(log.epochs()));
        }
        if (!log.producers().producers().isEmpty() || log.segments().count() > 1) {
            writes.add(
                    folder.resolve(FileNames.of(log.endOffset(), FileNames.SNAPSHOT)),
                    log.producers().snapshot());
        }
        for (Segment segment : log.segments().all()) {
            SegmentContent content = segment.content();
            if (content == null || content.size() == 0) {
                continue;
            }
            content.seal();
            long base = segment.baseOffset();
            writes.addInPlace(
                    folder.resolve(FileNames.of(base, FileNames.OFFSET_INDEX)),
                    content.index().offsetEntries());
            writes.addInPlace(
                    folder.resolve(FileNames.of(base, FileNames.TIME_INDEX)),
                    content.index().timeEntries());
        }
    }
}
