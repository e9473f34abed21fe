package io.millrace.benchmarks.jmh;

import io.millrace.record.BatchReader;
import io.millrace.record.BatchRules;
import io.millrace.record.BatchValidator;
import io.millrace.record.Compression;
import io.millrace.record.RecordBatch;
import io.millrace.record.Verdict;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// What the broker does to each batch that a producer sends, and a consumer to each that it gets:
/// a hundred records of a hundred bytes, not compressed.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class BatchBench {
    private static final int MAX_BYTES = 1 << 20;
    private static final BatchRules RULES =
            new BatchRules(MAX_BYTES, false, BatchRules.Timestamps.ANY);

    private final ByteBuffer batch = Batches.of(100, 100, Compression.NONE);
    private final BatchValidator validator = new BatchValidator(MAX_BYTES);
    private final BatchReader reader = new BatchReader(MAX_BYTES);

    @TearDown
    public void close() {
        validator.close();
        reader.close();
    }

    @Benchmark
    public int checksum() {
        return RecordBatch.computeCrc(batch, 0);
    }

    @Benchmark
    public Verdict validate() {
        return validator.validate(batch, 9, RULES, 0);
    }

    @Benchmark
    public long iterate() {
        long sum = 0;
        reader.begin(batch);
        while (reader.nextBatch()) {
            while (reader.nextRecord()) {
                sum += reader.offset();
            }
        }
        return sum;
    }
}
