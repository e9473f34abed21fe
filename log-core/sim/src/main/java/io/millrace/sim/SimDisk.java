package io.millrace.sim;

import io.millrace.host.Disk;
import io.millrace.host.DiskFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A disk in memory that keeps exactly what [Disk] promises and not a byte more. Between a write
/// and its `force`, and between a new name and `syncDirectory`, everything is in the page cache
/// only: [#losePower] keeps of it what chance lets through, torn at sectors of 512 bytes and in any
/// order.
///
/// [#faults] makes calls fail, the space run out, or the power go in the middle of a task.
public final class SimDisk implements Disk {
    private final SimWorld world;
    private final DiskFaults faults = new DiskFaults();
    private final SimEntry.Directory root = new SimEntry.Directory();
    private final TreeSet<Path> locks = new TreeSet<>();
    private long usedBytes;
    private int generation;

    public SimDisk(SimWorld world) {
        this.world = world;
    }

    public DiskFaults faults() {
        return faults;
    }

    /// The node that used the disk is gone, and with it what was not made durable, as far as chance
    /// wants it. Open files are closed; locks are free.
    public void losePower() {
        double survival = switch (world.random().nextInt(4)) {
            case 0 -> 0;
            case 1 -> 0.9;
            default -> world.random().nextDouble();
        };
        crash(survival);
    }

    /// The process is gone, but not the page cache: nothing is lost.
    public void killProcess() {
        crash(1.1);
    }

    private void crash(double survival) {
        generation++;
        locks.clear();
        faults.none();
        if (survival <= 1) {
            root.losePower(world.random(), survival);
            usedBytes = used(root);
        }
    }

    private static long used(SimEntry entry) {
        return switch (entry) {
            case SimEntry.File(SimContent content) -> content.size();
            case SimEntry.Directory directory ->
                directory.seen.values().stream().mapToLong(SimDisk::used).sum();
        };
    }

    @Override
    public DiskFile open(Path path, Mode mode) throws IOException {
        call("open", path);
        SimEntry.Directory parent = parent(path);
        SimEntry entry = parent.seen.get(name(path));
        if (entry == null) {
            if (mode == Mode.READ || mode == Mode.READ_WRITE) {
                throw new NoSuchFileException(path.toString());
            }
            SimContent content = new SimContent();
            content.modifiedMs = world.nowMs();
            parent.put(name(path), new SimEntry.File(content));
            return new SimFile(this, path, content, true);
        }
        if (mode == Mode.CREATE_NEW) {
            throw new FileAlreadyExistsException(path.toString());
        }
        if (!(entry instanceof SimEntry.File(SimContent content))) {
            throw new IOException("Is a directory: " + path);
        }
        return new SimFile(this, path, content, mode != Mode.READ);
    }

    @Override
    public boolean exists(Path path) throws IOException {
        call("exists", path);
        return find(path) != null;
    }

    @Override
    public boolean isDirectory(Path path) throws IOException {
        call("isDirectory", path);
        return find(path) instanceof SimEntry.Directory;
    }

    @Override
    public List<String> list(Path directory) throws IOException {
        call("list", directory);
        return List.copyOf(directory(directory).seen.keySet());
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        call("createDirectories", directory);
        SimEntry.Directory at = root;
        for (Path step : absolute(directory)) {
            SimEntry next = at.seen.get(step.toString());
            if (next == null) {
                next = new SimEntry.Directory();
                at.put(step.toString(), next);
            }
            if (!(next instanceof SimEntry.Directory below)) {
                throw new FileAlreadyExistsException(directory.toString());
            }
            at = below;
        }
    }

    @Override
    public void delete(Path path) throws IOException {
        call("delete", path);
        SimEntry entry = find(path);
        if (entry == null) {
            return;
        }
        if (entry instanceof SimEntry.Directory directory && !directory.seen.isEmpty()) {
            throw new DirectoryNotEmptyException(path.toString());
        }
        usedBytes -= used(entry);
        parent(path).remove(name(path));
    }

    @Override
    public void move(Path source, Path target) throws IOException {
        call("move", source);
        SimEntry entry = find(source);
        if (entry == null) {
            throw new NoSuchFileException(source.toString());
        }
        SimEntry replaced = find(target);
        if (replaced instanceof SimEntry.Directory directory && !directory.seen.isEmpty()) {
            throw new DirectoryNotEmptyException(target.toString());
        }
        if (replaced != null && replaced != entry) {
            usedBytes -= used(replaced);
        }
        SimEntry.Directory from = parent(source);
        SimEntry.Directory to = parent(target);
        if (from == to) {
            from.rename(name(source), name(target));
        } else {
            to.put(name(target), entry);
            from.remove(name(source));
        }
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        call("syncDirectory", directory);
        SimEntry.Directory entry = directory(directory);
        if (faults.takeForce(directory)) {
            entry.forgetPending();
            throw new IOException("simulated failure: sync of " + directory);
        }
        entry.sync();
    }

    @Override
    public Optional<Closeable> lock(Path path) throws IOException {
        call("lock", path);
        Path key = path.toAbsolutePath();
        if (!locks.add(key)) {
            return Optional.empty();
        }
        int now = generation;
        return Optional.of(() -> {
            if (now == generation) {
                locks.remove(key);
            }
        });
    }

    @Override
    public long usableBytes(Path path) throws IOException {
        call("usableBytes", path);
        return faults.capacityBytes() - usedBytes;
    }

    @Override
    public long totalBytes(Path path) throws IOException {
        call("totalBytes", path);
        return faults.capacityBytes();
    }

    @Override
    public long lastModifiedMs(Path path) throws IOException {
        call("lastModified", path);
        if (find(path) instanceof SimEntry.File(SimContent content)) {
            return content.modifiedMs;
        }
        throw new NoSuchFileException(path.toString());
    }

    // What follows is for open files.

    void call(String what, Path path) throws IOException {
        world.trace(what.hashCode() * 31L + path.hashCode());
        world.spend(1 + world.random().nextLong(faults.callNanos()));
        faults.call(what, path);
    }

    int generation() {
        return generation;
    }

    long nowMs() {
        return world.nowMs();
    }

    /// How much of a growth by `bytes` there is room for.
    int grow(int bytes) {
        int granted = (int) Math.max(0, Math.min(bytes, faults.capacityBytes() - usedBytes));
        usedBytes += granted;
        return granted;
    }

    void shrink(int bytes) {
        usedBytes -= bytes;
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }

    private static String name(Path path) {
        return String.valueOf(absolute(path).getFileName());
    }

    private SimEntry.Directory parent(Path path) throws IOException {
        Path parent = absolute(path).getParent();
        if (parent == null) {
            throw new IOException("no parent: " + path);
        }
        return directory(parent);
    }

    private SimEntry.Directory directory(Path path) throws IOException {
        SimEntry entry = find(path);
        if (entry == null) {
            throw new NoSuchFileException(path.toString());
        }
        if (entry instanceof SimEntry.Directory directory) {
            return directory;
        }
        throw new NotDirectoryException(path.toString());
    }

    private @Nullable SimEntry find(Path path) {
        SimEntry at = root;
        for (Path step : absolute(path)) {
            if (!(at instanceof SimEntry.Directory directory)) {
                return null;
            }
            at = directory.seen.get(step.toString());
        }
        return at;
    }
}
