package io.millrace.benchmarks.jmh;

import io.millrace.record.BatchRules;
import io.millrace.record.BatchValidator;
import io.millrace.record.Compression;
import io.millrace.record.Verdict;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// The same batch compressed, which is unfolded to be checked.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CompressedBench {
    private static final int MAX_BYTES = 1 << 20;
    private static final BatchRules RULES =
            new BatchRules(MAX_BYTES, false, BatchRules.Timestamps.ANY);

    @Param({"GZIP", "SNAPPY", "LZ4", "ZSTD"})
    public Compression compression = Compression.LZ4;

    private final BatchValidator validator = new BatchValidator(MAX_BYTES);
    private ByteBuffer batch = ByteBuffer.allocate(0);

    @Setup
    public void build() {
        batch = Batches.of(100, 100, compression);
    }

    @TearDown
    public void close() {
        validator.close();
    }

    @Benchmark
    public Verdict validate() {
        return validator.validate(batch, 9, RULES, 0);
    }
}
