package io.millrace.storage;

import io.millrace.host.DiskFile;
import io.millrace.host.FileRegion;
import io.millrace.protocol.CorruptLog;
import io.millrace.record.RecordBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// Hands a part of a log to the loop in whole batches, one chunk after the other: read on a reader
/// thread, consumed on the loop, and only then is the next one read.
///
/// Owner thread: the log's loop, except where a method says otherwise.
final class LogReplay {
    private static final int CHUNK = 1024 * 1024;

    private final PartitionLog log;
    private final long to;
    private final Consumer<ByteBuffer> batches;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private boolean isOne;

    LogReplay(PartitionLog log, long to, Consumer<ByteBuffer> batches) {
        this.log = log;
        this.to = to;
        this.batches = batches;
    }

    CompletableFuture<Void> start(long from) {
        next(from);
        return done;
    }

    /// Completes after the first chunk, wherever that ends.
    CompletableFuture<Void> startOne(long from) {
        isOne = true;
        return start(from);
    }

    private void next(long from) {
        if (from >= to) {
            done.complete(null);
            return;
        }
        switch (log.read(from, CHUNK, true, to)) {
            case ReadResult.Ready ready -> fetch(from, ready);
            case ReadResult.Cold cold ->
                cold.later().thenAccept(later -> {
                    if (later instanceof ReadResult.Ready ready) {
                        fetch(from, ready);
                    } else {
                        fail(from, later);
                    }
                });
            case ReadResult.OutOfRange outside -> fail(from, outside);
            case ReadResult.Failed failed -> fail(from, failed);
        }
    }

    private void fail(long from, ReadResult result) {
        done.completeExceptionally(new IOException(
                "Log " + log.id() + " cannot be read from offset " + from + ": " + result));
    }

    private void fetch(long from, ReadResult.Ready ready) {
        if (!(ready.records() instanceof FileRegion region)) {
            // Compaction left nothing up to `to`.
            done.complete(null);
            return;
        }
        log.directory().readers().execute(() -> {
            ByteBuffer chunk = ByteBuffer.allocate(region.sizeInBytes());
            try {
                DiskFile file = region.file();
                file.read(chunk, region.position());
                chunk.flip();
                log.loop().execute(() -> consume(from, chunk));
            } catch (IOException e) {
                log.loop().execute(() -> done.completeExceptionally(e));
            } finally {
                region.release();
            }
        });
    }

    /// Leaves out what lies before `from` and what was cut off at the end.
    private void consume(long from, ByteBuffer chunk) {
        int start = -1;
        int at = 0;
        long next = from;
        long reached = 0;
        while (at < chunk.limit()) {
            int size = RecordBatch.sizeAt(chunk, at, chunk.limit());
            if (size == RecordBatch.DAMAGED || size > 0 && goesBack(chunk, at, reached)) {
                done.completeExceptionally(
                        new CorruptLog("Log " + log.id() + " is damaged behind offset " + next));
                return;
            }
            if (size == RecordBatch.INCOMPLETE || RecordBatch.baseOffset(chunk, at) >= to) {
                break;
            }
            if (start < 0 && RecordBatch.lastOffset(chunk, at) >= from) {
                start = at;
            }
            next = RecordBatch.nextOffset(chunk, at);
            reached = next;
            at += size;
        }
        if (start < 0) {
            fail(from, ReadResult.NOTHING);
            return;
        }
        try {
            batches.accept(chunk.slice(start, at - start));
        } catch (RuntimeException e) {
            done.completeExceptionally(e);
            return;
        }
        next(isOne ? to : next);
    }

    /// No checksum covers where a batch begins: a replay that followed it back would never end.
    private static boolean goesBack(ByteBuffer chunk, int at, long reached) {
        long base = RecordBatch.baseOffset(chunk, at);
        return base < reached || RecordBatch.nextOffset(chunk, at) <= base;
    }
}
