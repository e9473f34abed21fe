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

    /// Reads, and fails if it took more of the heap or the processor than the input is worth. What
    /// took too much has a second chance: the first time pays for loading classes, and under Jazzer
    /// for rewriting them.
    public void spend(int inputBytes, Runnable reading) {
        if (!cost(reading).fits(this, inputBytes)) {
            Cost cost = cost(reading);
            if (!cost.fits(this, inputBytes)) {
                throw new AssertionError(inputBytes + " bytes of input took " + cost);
            }
        }
    }

    private static Cost cost(Runnable reading) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long bytes = threads.getCurrentThreadAllocatedBytes();
        long nanos = threads.getCurrentThreadCpuTime();
        reading.run();
        return new Cost(
                threads.getCurrentThreadAllocatedBytes() - bytes,
                threads.getCurrentThreadCpuTime() - nanos);
    }

    private record Cost(long bytes, long cpuNs) {
        boolean fits(Budget budget, long inputBytes) {
            return bytes <= budget.always + budget.perByte * inputBytes && cpuNs <= MOST_CPU_NS;
        }
    }
}
