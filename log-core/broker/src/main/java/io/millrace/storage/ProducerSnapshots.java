package io.millrace.storage;

import io.millrace.host.Disk;
import io.millrace.protocol.CorruptLog;
import io.millrace.record.ProducerStates;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The producer snapshots in a log's folder, each of which says what was known at its offset. One
/// is taken whenever a segment is sealed and at a clean stop.
///
/// Owner thread: the one that loads the log.
final class ProducerSnapshots {
    private static final Logger LOG = LoggerFactory.getLogger(ProducerSnapshots.class);

    private final Disk disk;
    private final Path folder;
    private final List<Long> offsets;

    /// @param offsets rising
    ProducerSnapshots(Disk disk, Path folder, List<Long> offsets) {
        this.disk = disk;
        this.folder = folder;
        this.offsets = new ArrayList<>(offsets);
    }

    boolean isEmpty() {
        return offsets.isEmpty();
    }

    /// Loads the newest one that is whole and not behind the limit; returns from which offset on
    /// batches are to be replayed, 0 when there is none.
    long loadNewest(ProducerStates producers, long limit) throws IOException {
        for (int i = offsets.size() - 1; i >= 0; i--) {
            if (offsets.get(i) <= limit && load(producers, path(offsets.get(i)))) {
                return offsets.get(i);
            }
        }
        producers.clear();
        return 0;
    }

    private boolean load(ProducerStates producers, Path path) throws IOException {
        try {
            // A clock that stands at 0 lets nobody expire: that is left to the log's loop.
            producers.load(disk.readAll(path), 0);
            return true;
        } catch (CorruptLog e) {
            LOG.atWarn()
                    .setCause(e)
                    .addKeyValue("file", path)
                    .log("A producer snapshot is damaged: taking an older one");
            return false;
        }
    }

    /// Those speak of what was cut off. False when there was none.
    boolean deleteBehind(long endOffset) throws IOException {
        boolean isAny = false;
        for (long offset : offsets) {
            if (offset > endOffset) {
                disk.delete(path(offset));
                isAny = true;
            }
        }
        return isAny;
    }

    private Path path(long offset) {
        return folder.resolve(FileNames.of(offset, FileNames.SNAPSHOT));
    }
}
