package io.millrace.storage;

import io.millrace.host.Disk;
import io.millrace.host.DiskFile;
import io.millrace.sim.SimDisk;
import io.millrace.sim.SimWorld;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A disk through which storage behaves as if it had one of the planted bugs.
record PlantedDisk(SimDisk disk, SimWorld world, PlantedBug bug) implements Disk {
    @Override
    public DiskFile open(Path path, Mode mode) throws IOException {
        return new PlantedFile(disk.open(path, mode), this);
    }

    @Override
    public boolean exists(Path path) throws IOException {
        return disk.exists(path);
    }

    @Override
    public boolean isDirectory(Path path) throws IOException {
        return disk.isDirectory(path);
    }

    @Override
    public List<String> list(Path directory) throws IOException {
        return disk.list(directory);
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        disk.createDirectories(directory);
    }

    @Override
    public void delete(Path path) throws IOException {
        disk.delete(path);
    }

    @Override
    public void move(Path source, Path target) throws IOException {
        disk.move(source, target);
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        if (bug != PlantedBug.FORGETS_DIRECTORY_SYNC) {
            disk.syncDirectory(directory);
        }
    }

    @Override
    public Optional<Closeable> lock(Path path) throws IOException {
        return disk.lock(path);
    }

    @Override
    public long usableBytes(Path path) throws IOException {
        return disk.usableBytes(path);
    }

    @Override
    public long totalBytes(Path path) throws IOException {
        return disk.totalBytes(path);
    }

    @Override
    public long lastModifiedMs(Path path) throws IOException {
        return disk.lastModifiedMs(path);
    }

    private record PlantedFile(DiskFile file, PlantedDisk disk) implements DiskFile {
        @Override
        public Path path() {
            return file.path();
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public int read(ByteBuffer into, long position) throws IOException {
            return file.read(into, position);
        }

        @Override
        public void write(ByteBuffer from, long position) throws IOException {
            file.write(from, position);
        }

        @Override
        public void truncate(long size) throws IOException {
            boolean isLog = path().toString().endsWith(".log");
            if (isLog && disk.bug == PlantedBug.TRUNCATES_TOO_MUCH) {
                file.truncate(Math.max(0, size - 40));
            } else if (!isLog || disk.bug != PlantedBug.NEVER_TRUNCATES) {
                file.truncate(size);
            }
        }

        @Override
        public void force() throws IOException {
            boolean isForgotten = disk.bug == PlantedBug.SKIPS_FSYNC
                    || disk.bug == PlantedBug.FORGETS_SOME_FSYNCS && disk.world.chance(0.1)
                    || disk.bug == PlantedBug.RENAMES_BEFORE_FSYNC
                            && path().toString().endsWith(".tmp");
            if (isForgotten) {
                return;
            }
            try {
                file.force();
            } catch (IOException e) {
                if (disk.bug != PlantedBug.BELIEVES_A_RETRIED_FSYNC) {
                    throw e;
                }
                file.force();
            }
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
