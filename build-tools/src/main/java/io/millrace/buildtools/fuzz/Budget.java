package io.millrace.buildtools.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/// What reading an input may cost. Both are counted for the calling thread alone, so that a loaded
/// machine makes no test fail.
///
/// @param always bytes of heap that any input may take
/// @param perByte bytes of heap for each byte of the input
public record Budget(long always, long perByte) {
    private static final long MOST_CPU_NS = 10_000_000_000L;

    /// Reads, and fails if it took more of the heap or the processor than the input is worth.
    public void spend(int inputBytes, Runnable reading) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long bytes = threads.getCurrentThreadAllocatedBytes();
        long nanos = threads.getCurrentThreadCpuTime();
        reading.run();
        long spent = threads.getCurrentThreadAllocatedBytes() - bytes;
        if (spent > always + perByte * inputBytes) {
            throw new AssertionError(inputBytes + " bytes of input took " + spent + " of heap");
        }
        if (threads.getCurrentThreadCpuTime() - nanos > MOST_CPU_NS) {
            throw new AssertionError(inputBytes + " bytes of input took ten seconds to read");
        }
    }
}
