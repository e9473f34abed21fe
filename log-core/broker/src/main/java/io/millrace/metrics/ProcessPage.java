package io.millrace.metrics;

import static io.millrace.metrics.Family.*;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryUsage;
import java.lang.management.OperatingSystemMXBean;
import java.lang.management.RuntimeMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToLongFunction;

/// Shows what Java and the operating system say of the process. Loaded when first asked for: the
/// platform's management classes would cost a start too much.
final class ProcessPage {
    private static final double NANOS = 1e9;
    private static final double MILLIS = 1e3;
    private static final long PAGE_BYTES = 4096;
    private static final Path RESIDENT_PAGES = Path.of("/proc/self/statm");

    private final Exposition out;

    ProcessPage(Exposition out) {
        this.out = out;
    }

    void write() {
        memory(MEMORY_USED, MemoryUsage::getUsed);
        memory(MEMORY_COMMITTED, MemoryUsage::getCommitted);
        memory(MEMORY_MAX, MemoryUsage::getMax);
        out.family(BUFFERS);
        for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            out.row(pool.getMemoryUsed(), pool.getName());
        }
        List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();
        out.family(COLLECTIONS);
        collectors.forEach(it -> out.row(Math.max(0, it.getCollectionCount()), it.getName()));
        out.family(COLLECTION_TIME);
        collectors.forEach(
                it -> out.row(Math.max(0, it.getCollectionTime()) / MILLIS, it.getName()));
        out.family(THREADS).row(ManagementFactory.getThreadMXBean().getThreadCount());
        process();
    }

    private void memory(Family family, ToLongFunction<MemoryUsage> figure) {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        out.family(family)
                .row(figure.applyAsLong(memory.getHeapMemoryUsage()), "heap")
                .row(figure.applyAsLong(memory.getNonHeapMemoryUsage()), "nonheap");
    }

    private void process() {
        OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        boolean isUnix = system instanceof UnixOperatingSystemMXBean;
        out.family(CPU);
        if (system instanceof com.sun.management.OperatingSystemMXBean known) {
            out.row(known.getProcessCpuTime() / NANOS);
        }
        out.family(RESIDENT).row(residentBytes());
        out.family(OPEN_FILES);
        if (isUnix) {
            out.row(((UnixOperatingSystemMXBean) system).getOpenFileDescriptorCount());
        }
        out.family(MAX_FILES);
        if (isUnix) {
            out.row(((UnixOperatingSystemMXBean) system).getMaxFileDescriptorCount());
        }
        RuntimeMXBean runtime = ManagementFactory.getRuntimeMXBean();
        out.family(STARTED).row(runtime.getStartTime() / MILLIS);
        out.family(UPTIME).row(runtime.getUptime() / MILLIS);
    }

    private static long residentBytes() {
        try {
            return Long.parseLong(Files.readString(RESIDENT_PAGES).split(" ", 3)[1]) * PAGE_BYTES;
        } catch (IOException | RuntimeException unknown) {
            return 0; // not on this system
        }
    }
}
