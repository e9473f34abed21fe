package io.millrace.storage;

import io.millrace.record.BatchBuilder;
import io.millrace.record.BatchReader;
import io.millrace.record.BatchRules;
import io.millrace.record.BatchValidator;
import io.millrace.record.Codecs;
import io.millrace.record.Compression;
import io.millrace.record.RecordBatch;
import io.millrace.record.TimestampType;
import io.millrace.record.Verdict;
import java.nio.ByteBuffer;

/// Validates what producers send, and brings it into the form that the topic wants: stays as it is,
/// where it lies, unless `compression.type` names another compression than the producer's or its
/// offsets are not consecutive.
///
/// Owner thread: one, which has one of these for all the logs that it looks after: it holds
/// buffers.
public final class ClientBatches implements AutoCloseable {
    /// What depends on the version of a request, its handler has looked at.
    private static final int ANY_VERSION = Short.MAX_VALUE;

    private static final String AS_THE_PRODUCER_DID = "producer";

    private final BatchValidator validator;
    private final BatchReader reader;
    private final BatchBuilder builder = new BatchBuilder();
    private final Codecs codecs = new Codecs();

    /// A batch that was looked at.
    public sealed interface Prepared {}

    /// It may be appended: the same memory, or a copy.
    public record Fitting(ByteBuffer batch) implements Prepared {}

    /// It is at fault.
    public record Bad(AppendResult.Rejected rejected) implements Prepared {}

    /// It decompresses to more than may be decompressed here.
    public record TooLong() implements Prepared {}

    /// @param maxUncompressedBytes a batch that decompresses to more is not looked at any further
    public ClientBatches(int maxUncompressedBytes) {
        this.validator = new BatchValidator(maxUncompressedBytes);
        this.reader = new BatchReader(maxUncompressedBytes);
    }

    /// Decides about what a producer sent to a log with these settings, and makes it fit.
    public Prepared prepare(ByteBuffer batch, LogConfig config, long nowMs) {
        return switch (validator.validate(batch, ANY_VERSION, rules(config), nowMs)) {
            case Verdict.Accepted accepted -> new Fitting(fit(batch, accepted, config));
            case Verdict.Refused refused ->
                validator.isTooLong() ? new TooLong() : new Bad(rejected(refused));
        };
    }

    private static AppendResult.Rejected rejected(Verdict.Refused refused) {
        return new AppendResult.Rejected(
                refused.error(),
                refused.message(),
                refused.records().stream()
                        .map(each -> new AppendResult.BadRecord(each.index(), each.message()))
                        .toList());
    }

    private static BatchRules rules(LogConfig config) {
        TimestampType type = config.stampsAppendTime()
                ? TimestampType.LOG_APPEND_TIME
                : TimestampType.CREATE_TIME;
        return new BatchRules(
                config.maxMessageBytes(),
                config.isCompacted(),
                new BatchRules.Timestamps(
                        type, config.timestampBeforeMaxMs(), config.timestampAfterMaxMs()));
    }

    private ByteBuffer fit(ByteBuffer batch, Verdict.Accepted accepted, LogConfig config) {
        Compression wanted = compression(batch, config);
        boolean stays =
                accepted.hasExactOffsets() && wanted.id() == RecordBatch.compressionId(batch, 0);
        ByteBuffer fitting = stays
                ? batch.slice(0, accepted.sizeInBytes())
                : rebuild(batch, wanted, level(wanted, config));
        if (!config.stampsAppendTime()) {
            RecordBatch.setMaxTimestamp(
                    fitting, 0, TimestampType.CREATE_TIME, accepted.maxTimestampMs());
        }
        return fitting;
    }

    private static Compression compression(ByteBuffer batch, LogConfig config) {
        return switch (config.compressionType()) {
            case AS_THE_PRODUCER_DID ->
                Compression.of(RecordBatch.compressionId(batch, 0)).orElseThrow();
            case "uncompressed" -> Compression.NONE;
            default -> Compression.named(config.compressionType()).orElseThrow();
        };
    }

    private static int level(Compression compression, LogConfig config) {
        return switch (compression) {
            case GZIP -> config.gzipLevel();
            case LZ4 -> config.lz4Level();
            case ZSTD -> config.zstdLevel();
            case NONE, SNAPPY -> compression.defaultLevel();
        };
    }

    private ByteBuffer rebuild(ByteBuffer batch, Compression compression, int level) {
        reader.begin(batch);
        reader.nextBatch();
        builder.beginLike(batch, 0);
        long offset = 0;
        while (reader.nextRecord()) {
            builder.appendFrom(reader, offset++);
        }
        ByteBuffer built = builder.finish(codecs, compression, level);
        return ByteBuffer.allocate(built.remaining()).put(built).flip();
    }

    @Override
    public void close() {
        validator.close();
        reader.close();
        codecs.close();
    }
}
