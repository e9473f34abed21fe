package io.millrace.storage;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Linux's `syncfs`: makes everything of one file system durable with one call.
///
/// The kernel tells a failed write-back to the descriptors that were open when it happened, and
/// before 5.8 to none. So the descriptor is opened before the first write and kept, and an older
/// kernel counts as having no `syncfs`.
///
/// Owner thread: any, one at a time.
@SuppressWarnings("restricted") // the one place that calls into the system
final class FileSystemSync implements Closeable {
    private static final int READ_ONLY = 0;
    private static final int KERNEL_MAJOR = 5;
    private static final int KERNEL_MINOR = 8;

    private final Calls calls;
    private final Path path;
    private final long device;
    private final int descriptor;

    private FileSystemSync(Calls calls, Path path, long device, int descriptor) {
        this.calls = calls;
        this.path = path;
        this.device = device;
        this.descriptor = descriptor;
    }

    /// Begins, on a thread of its own, with what {@link #of} would have to wait for: linking the
    /// calls takes a tenth of a node's start.
    static void prepare() {
        if (isReliable()) {
            Linking.begin();
        }
    }

    /// Empty where the system has no such call or it cannot be relied on.
    static Optional<FileSystemSync> of(Path directory) {
        if (!isReliable()) {
            return Optional.empty();
        }
        try {
            Calls calls = Linking.CALLS.get();
            return Optional.of(
                    new FileSystemSync(calls, directory, device(directory), calls.open(directory)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (IOException | ExecutionException e) {
            return Optional.empty();
        }
    }

    private static boolean isReliable() {
        return System.getProperty("os.name", "").equals("Linux")
                && isRecent(System.getProperty("os.version", ""));
    }

    private static boolean isRecent(String version) {
        String[] parts = version.split("[^0-9]+", 3);
        try {
            int major = Integer.parseInt(parts[0]);
            return major > KERNEL_MAJOR
                    || major == KERNEL_MAJOR && Integer.parseInt(parts[1]) >= KERNEL_MINOR;
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            return false;
        }
    }

    static long device(Path path) throws IOException {
        return (Long) Files.getAttribute(path, "unix:dev");
    }

    /// The number of the file system's device.
    long device() {
        return device;
    }

    void sync() throws IOException {
        calls.syncfs(descriptor, path);
    }

    @Override
    public void close() throws IOException {
        calls.close(descriptor);
    }

    /// Once for the process, begun when this class is first used.
    private static final class Linking {
        static final FutureTask<Calls> CALLS = new FutureTask<>(Calls::link);

        static {
            Thread.ofPlatform().daemon().name("link").start(CALLS);
        }

        static void begin() {}
    }

    /// The functions of the C library.
    private record Calls(MethodHandle open, MethodHandle syncfs, MethodHandle close) {
        private static final StructLayout STATE = Linker.Option.captureStateLayout();
        private static final VarHandle ERRNO =
                STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

        /// The calls are those of the C library, whose signatures do not change.
        @SuppressWarnings("restricted")
        static Calls link() {
            Linker linker = Linker.nativeLinker();
            SymbolLookup library = linker.defaultLookup();
            FunctionDescriptor ofInt =
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
            FunctionDescriptor ofPath = FunctionDescriptor.of(
                    ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
            return new Calls(
                    linker.downcallHandle(
                            library.find("open").orElseThrow(),
                            ofPath,
                            Linker.Option.firstVariadicArg(2),
                            Linker.Option.captureCallState("errno")),
                    linker.downcallHandle(
                            library.find("syncfs").orElseThrow(),
                            ofInt,
                            Linker.Option.captureCallState("errno")),
                    linker.downcallHandle(
                            library.find("close").orElseThrow(),
                            ofInt,
                            Linker.Option.captureCallState("errno")));
        }

        int open(Path path) throws IOException {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment state = arena.allocate(STATE);
                MemorySegment name = arena.allocateFrom(path.toString());
                return checked((int) open.invokeExact(state, name, READ_ONLY), state, "open", path);
            } catch (Throwable e) {
                throw asFailure(e, "open", path);
            }
        }

        void syncfs(int descriptor, Path path) throws IOException {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment state = arena.allocate(STATE);
                checked((int) syncfs.invokeExact(state, descriptor), state, "sync", path);
            } catch (Throwable e) {
                throw asFailure(e, "sync", path);
            }
        }

        void close(int descriptor) throws IOException {
            try (Arena arena = Arena.ofConfined()) {
                int ignored = (int) close.invokeExact(arena.allocate(STATE), descriptor);
            } catch (Throwable e) {
                throw asFailure(e, "close", Path.of(""));
            }
        }

        private static int checked(int result, MemorySegment state, String what, Path path)
                throws IOException {
            if (result < 0) {
                throw new IOException(String.format(
                        Locale.ROOT, "Cannot %s the file system of %s: errno %d", what, path, (int)
                                ERRNO.get(state, 0L)));
            }
            return result;
        }

        private static IOException asFailure(Throwable e, String what, Path path) {
            return e instanceof IOException failure
                    ? failure
                    : new IOException(
                            "Cannot " + what + " the file system of " + path + ": " + e, e);
        }
    }
}
