package io.millrace.storage;

import io.millrace.host.Disk;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Removes a folder with the files in it.
final class FolderRemoval {
    private static final Logger LOG = LoggerFactory.getLogger(FolderRemoval.class);

    private FolderRemoval() {}

    static void remove(Disk disk, Path folder) throws IOException {
        if (disk.exists(folder)) {
            for (String name : disk.list(folder)) {
                disk.delete(folder.resolve(name));
            }
            disk.delete(folder);
        }
    }

    /// What is left goes at the next start.
    static void quietly(Disk disk, Path folder) {
        try {
            remove(disk, folder);
        } catch (IOException e) {
            LOG.atWarn()
                    .setCause(e)
                    .addKeyValue("folder", folder)
                    .log("Could not remove a deleted log");
        }
    }
}
