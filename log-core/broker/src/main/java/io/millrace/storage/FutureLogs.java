package io.millrace.storage;

import io.millrace.host.Disk;
import io.millrace.protocol.Uuid;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;

/// The copies in a log directory of logs that are on their way into it.
///
/// Owner thread: any.
final class FutureLogs {
    private final LogDirectory directory;
    private final ConcurrentSkipListMap<LogId, PartitionLog> logs = new ConcurrentSkipListMap<>();
    private final ConcurrentSkipListMap<LogId, PartitionLog> arriving =
            new ConcurrentSkipListMap<>();
    private volatile MoveThrottle throttle = new MoveThrottle();
    private final Set<LogId> interrupted = new ConcurrentSkipListSet<>();

    FutureLogs(LogDirectory directory) {
        this.directory = directory;
    }

    void throttle(MoveThrottle shared) {
        throttle = shared;
    }

    MoveThrottle throttle() {
        return throttle;
    }

    /// An empty copy, on the log's loop. It begins where the log's first segment does: the first
    /// batch may begin before the log's start.
    PartitionLog create(PartitionLog log) {
        Uuid unique = new Uuid(log.loop().random(), log.loop().random());
        Path path = directory.path().resolve(FileNames.futureFolder(log.id(), unique));
        LogFolder folder = new LogFolder(log.id(), log.topicId(), path, false);
        long base = log.segments().first().baseOffset();
        PartitionLog copy = new PartitionLog(
                directory, folder, log.config(), directory.loader().nothing(path, base));
        logs.put(copy.id(), copy);
        directory.submit(new WriteOp.Task(copy.tail(), copy.generation(), copy.tail()::makeFolder));
        return copy;
    }

    /// Deletes a copy, on its loop.
    void remove(PartitionLog copy) {
        copy.close();
        forget(copy);
        new LogRemoval(copy).start();
    }

    /// Leaves a copy to the next start.
    void release(PartitionLog copy) {
        if (logs.remove(copy.id(), copy)) {
            copy.close();
            forget(copy);
            copy.segments().all().forEach(segment -> segment.file().release());
        }
    }

    /// Leaves a copy that is in place already: the next start takes it should it find no other.
    /// Until then the checkpoints speak of it.
    void strand(PartitionLog copy) {
        copy.close();
        logs.remove(copy.id(), copy);
    }

    /// A log of this name begins anew, on its loop: a stranded copy leaves its place.
    void makeRoom(LogId id) {
        PartitionLog stranded = arriving.remove(id);
        if (stranded != null) {
            new LogRemoval(stranded).start();
        }
    }

    private void forget(PartitionLog copy) {
        logs.remove(copy.id(), copy);
        arriving.remove(copy.id(), copy);
    }

    /// It is complete: checkpoints speak of it from now on.
    void arrives(PartitionLog copy) {
        arriving.put(copy.id(), copy);
        if (logs.get(copy.id()) != copy) {
            arriving.remove(copy.id(), copy); // deleted meanwhile
        }
    }

    /// Its files are the log's now.
    void arrived(PartitionLog copy) {
        forget(copy);
    }

    Collection<PartitionLog> all() {
        return List.copyOf(logs.values());
    }

    /// The logs of a directory, and the copies that are about to be.
    List<PartitionLog> withArriving(Collection<PartitionLog> own) {
        List<PartitionLog> both = new ArrayList<>(own);
        both.addAll(arriving.values());
        return both;
    }

    /// The last life left this copy. It is begun anew rather than continued: nobody has recovered
    /// it.
    void leftBehind(Disk disk, Path folder) {
        String name = String.valueOf(folder.getFileName());
        FileNames.partition(name.substring(0, name.lastIndexOf('.'))).ifPresent(interrupted::add);
        directory.background().execute(() -> FolderRemoval.quietly(disk, folder));
    }

    /// Logs that were on their way into this directory when the node stopped.
    Set<LogId> interrupted() {
        return interrupted;
    }
}
