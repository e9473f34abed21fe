package io.millrace.storage;

import io.millrace.host.Disk;
import io.millrace.sim.DiskContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class FileDiskContractTest implements DiskContract {
    @TempDir
    Path temp;

    private final FileDisk disk = new FileDisk();

    @Override
    public Disk disk() {
        return disk;
    }

    @Override
    public Path folder() {
        return temp;
    }
}
