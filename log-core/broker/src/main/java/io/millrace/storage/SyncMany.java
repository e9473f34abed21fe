package io.millrace.storage;

import io.millrace.host.DiskFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Makes a round's files durable in the cheapest way. How many is "many" was measured; see
/// docs/decisions/0004-group-commit.md.
final class SyncMany {
    void sync(FileDisk disk, List<DiskFile> files, List<Path> directories) throws IOException {
        for (DiskFile file : files) {
            file.force();
        }
        for (Path directory : directories) {
            disk.syncDirectory(directory);
        }
    }
}
