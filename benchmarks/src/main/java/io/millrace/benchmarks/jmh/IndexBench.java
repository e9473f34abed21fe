package io.millrace.benchmarks.jmh;

import io.millrace.storage.SegmentIndex;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// Looking for an offset in the index of a segment of a gigabyte.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class IndexBench {
    private static final int ENTRIES = 1 << 18;
    private static final int OFFSETS = 40;
    private static final int BYTES = 4_096;

    /// Prime to the number of offsets, so that each look-up lands far from the one before.
    private static final int STRIDE = 1_000_003;

    private final SegmentIndex index = new SegmentIndex(0);
    private int offset;

    public IndexBench() {
        for (int i = 1; i < ENTRIES; i++) {
            index.addPosition((long) i * OFFSETS, i * BYTES);
        }
    }

    @Benchmark
    public int position() {
        offset = (offset + STRIDE) % (ENTRIES * OFFSETS);
        return index.positionBefore(offset);
    }
}
