package io.millrace.storage;

import io.millrace.host.Disk;
import io.millrace.host.DiskFile;
import io.millrace.host.DiskFull;
import java.io.Closeable;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The operating system's files.
///
/// Owner thread: none; any thread that may block.
public final class FileDisk implements Disk {
    /// Below this, a failed write is taken for a lack of space whatever the system's message says.
    private static final long NEARLY_NOTHING = 64 * 1024;

    private final SyncMany syncMany = new SyncMany();
    private final SyncObserver observer;
    private volatile @Nullable FileChannel nowhere;

    public FileDisk() {
        this(SyncObserver.NONE);
    }

    public FileDisk(SyncObserver observer) {
        this.observer = observer;
        FileSystemSync.prepare();
    }

    @Override
    public DiskFile open(Path path, Mode mode) throws IOException {
        try {
            return new ChannelFile(path, FileChannel.open(path, options(mode)), this);
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException e) {
            throw explain("Cannot open", path, e);
        }
    }

    private static Set<StandardOpenOption> options(Mode mode) {
        return switch (mode) {
            case READ -> Set.of(StandardOpenOption.READ);
            case READ_WRITE -> Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE);
            case CREATE_NEW ->
                Set.of(
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.CREATE_NEW);
            case CREATE ->
                Set.of(
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.CREATE);
        };
    }

    @Override
    public boolean exists(Path path) {
        return Files.exists(path);
    }

    @Override
    public boolean isDirectory(Path path) {
        return Files.isDirectory(path);
    }

    @Override
    public List<String> list(Path directory) throws IOException {
        String[] names = directory.toFile().list();
        if (names == null) {
            throw new NoSuchFileException(directory.toString(), null, "cannot list it");
        }
        Arrays.sort(names);
        return List.of(names);
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw explain("Cannot create", directory, e);
        }
    }

    @Override
    public void delete(Path path) throws IOException {
        Files.deleteIfExists(path);
    }

    @Override
    public void move(Path source, Path target) throws IOException {
        try {
            Files.move(
                    source,
                    target,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException e) {
            throw explain("Cannot rename", source, e);
        }
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            throw explain("Cannot sync", directory, e);
        }
    }

    @Override
    public void syncAll(List<DiskFile> files, List<Path> directories) throws IOException {
        long begun = System.nanoTime();
        syncMany.sync(this, files, directories);
        observer.synced(files.size() + directories.size(), System.nanoTime() - begun);
    }

    @Override
    public Optional<Closeable> lock(Path path) throws IOException {
        FileChannel channel = FileChannel.open(
                path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
        if (!isLocked(channel)) {
            channel.close();
            return Optional.empty();
        }
        Path folder = path.toAbsolutePath().getParent();
        Closeable watch = syncMany.watch(folder == null ? path : folder);
        return Optional.of(() -> {
            watch.close();
            channel.close();
        });
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // this process has it, by another channel
        }
    }

    /// Without a channel, which costs as much again.
    @Override
    public ByteBuffer readAll(Path path) throws IOException {
        try (FileInputStream file = new FileInputStream(path.toFile())) {
            return ByteBuffer.wrap(file.readAllBytes());
        } catch (FileNotFoundException e) {
            if (!Files.exists(path)) {
                throw new NoSuchFileException(path.toString());
            }
            throw explain("Cannot open", path, e);
        } catch (IOException e) {
            throw explain("Cannot read", path, e);
        }
    }

    @Override
    public long usableBytes(Path path) throws IOException {
        return present(path).getUsableSpace();
    }

    @Override
    public long totalBytes(Path path) throws IOException {
        return present(path).getTotalSpace();
    }

    /// Unlike a `FileStore`, a `File` tells the space without reading the table of mounts, which
    /// counts since the space is looked at every second; but it says 0 for a file that is missing.
    private static File present(Path path) throws NoSuchFileException {
        File file = path.toFile();
        if (!file.exists()) {
            throw new NoSuchFileException(path.toString());
        }
        return file;
    }

    @Override
    public long size(Path path) throws IOException {
        return Files.size(path);
    }

    @Override
    public long lastModifiedMs(Path path) throws IOException {
        return Files.getLastModifiedTime(path).toMillis();
    }

    /// A file that swallows whatever is sent to it.
    FileChannel nowhere() throws IOException {
        FileChannel open = nowhere;
        if (open == null) {
            open = FileChannel.open(Path.of("/dev/null"), StandardOpenOption.WRITE);
            nowhere = open;
        }
        return open;
    }

    /// Names the path and tells a lack of space from everything else. The message of the system may
    /// be in any language, so the space left is asked as well.
    IOException explain(String what, Path path, IOException cause) {
        String message = what + " " + path + ": " + reason(cause);
        return isLackOfSpace(path, cause)
                ? new DiskFull(message, cause)
                : new IOException(message, cause);
    }

    /// In words where the exception has only the path.
    private static String reason(IOException cause) {
        return switch (cause) {
            case AccessDeniedException _ -> "permission denied";
            case FileAlreadyExistsException it -> it.getFile() + " is a file";
            case FileSystemException it when it.getReason() != null -> it.getReason();
            default -> String.valueOf(cause.getMessage());
        };
    }

    private static boolean isLackOfSpace(Path path, IOException cause) {
        String reason = String.valueOf(cause.getMessage());
        if (reason.contains("No space left") || reason.contains("quota exceeded")) {
            return true;
        }
        Path parent = path.getParent();
        return parent != null
                && parent.toFile().getUsableSpace() < NEARLY_NOTHING
                && parent.toFile().exists();
    }
}
