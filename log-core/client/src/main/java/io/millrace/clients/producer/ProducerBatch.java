package io.millrace.clients.producer;

import io.millrace.common.TopicPartition;
import io.millrace.protocol.Check;
import io.millrace.record.BatchBuilder;
import io.millrace.record.Codecs;
import io.millrace.record.Compression;
import io.millrace.record.RecordBatch;
import io.millrace.record.RecordHeader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Records of one partition that travel together. While it is *open*, threads that send append to
/// it under the lock of its queue; once it is *closed* it belongs to the loop, which gives it its
/// sequence, sends it until it is answered, and ends it once.
final class ProducerBatch {
    private static final int NO_SEQUENCE = RecordBatch.NO_SEQUENCE;

    private final TopicPartition partition;
    private final BatchBuilder builder;
    private final long reservedBytes;
    private final long createdNanos;
    private final List<SendFuture> sends = new ArrayList<>();
    private final CountDownLatch done = new CountDownLatch(1);

    private boolean isClosed;
    private @Nullable ByteBuffer bytes;
    private int baseSequence = NO_SEQUENCE;
    private int attempts;
    private long notBeforeNanos;
    private boolean isSplit;

    // Written once, before `done`.
    private long baseOffset = -1;
    private long appendTimeMs = -1;
    private @Nullable Exception failure;

    /// @param reservedBytes what its end gives back to the memory of the producer
    ProducerBatch(
            TopicPartition partition, BatchBuilder builder, long reservedBytes, long createdNanos) {
        this.partition = partition;
        this.builder = builder;
        this.reservedBytes = reservedBytes;
        this.createdNanos = createdNanos;
        this.notBeforeNanos = createdNanos;
        builder.begin(0);
    }

    TopicPartition partition() {
        return partition;
    }

    BatchBuilder builder() {
        return builder;
    }

    long reservedBytes() {
        return reservedBytes;
    }

    long createdNanos() {
        return createdNanos;
    }

    int count() {
        return builder.count();
    }

    int plainBytes() {
        return builder.sizeInBytes();
    }

    boolean hasRoomFor(int recordBytes, int limit) {
        return count() == 0 || builder.sizeInBytes() + recordBytes <= limit;
    }

    SendFuture append(
            long timestampMs,
            byte @Nullable [] key,
            byte @Nullable [] value,
            Iterable<? extends RecordHeader> headers,
            @Nullable Callback callback) {
        int index = builder.count();
        builder.appendArrays(index, timestampMs, key, value, headers);
        SendFuture future = new SendFuture(
                this,
                index,
                timestampMs,
                key == null ? -1 : key.length,
                value == null ? -1 : value.length,
                callback);
        sends.add(future);
        return future;
    }

    /// Takes over a record of a batch that is split.
    void adopt(SendFuture future) {
        future.moveTo(this, sends.size());
        sends.add(future);
    }

    List<SendFuture> sends() {
        return sends;
    }

    void close() {
        isClosed = true;
    }

    boolean isClosed() {
        return isClosed;
    }

    boolean hasSequence() {
        return baseSequence != NO_SEQUENCE;
    }

    int baseSequence() {
        return baseSequence;
    }

    int lastSequence() {
        return RecordBatch.addToSequence(baseSequence, count() - 1);
    }

    void sequence(long producerId, short epoch, int first) {
        baseSequence = first;
        ByteBuffer made = bytes;
        if (made == null) {
            builder.producer(producerId, epoch, first);
        } else {
            RecordBatchPatch.producer(made, producerId, epoch, first);
        }
    }

    /// The bytes to send; compressed once.
    ByteBuffer bytes(Codecs codecs, Compression compression, int level) {
        Check.that(isClosed, "an open batch is not sent");
        ByteBuffer made = bytes;
        if (made == null) {
            made = builder.finish(codecs, compression, level);
            bytes = made;
        }
        return made.duplicate();
    }

    int attempts() {
        return attempts;
    }

    void sent() {
        attempts++;
    }

    long notBeforeNanos() {
        return notBeforeNanos;
    }

    void retryAt(long nanos) {
        notBeforeNanos = nanos;
    }

    void stored(long offset, long logAppendTimeMs) {
        baseOffset = offset;
        appendTimeMs = logAppendTimeMs;
        end();
    }

    void fail(Exception reason) {
        failure = reason;
        end();
    }

    /// Its records went to other batches: nobody is told.
    void split() {
        isSplit = true;
        done.countDown();
    }

    private void end() {
        Check.that(done.getCount() == 1 && !isSplit, "a batch ends once");
        done.countDown();
        for (SendFuture send : sends) {
            send.tell();
        }
    }

    boolean isDone() {
        return done.getCount() == 0;
    }

    void await() throws InterruptedException {
        done.await();
    }

    boolean await(long nanos) throws InterruptedException {
        return done.await(nanos, TimeUnit.NANOSECONDS);
    }

    long baseOffset() {
        return baseOffset;
    }

    long appendTimeMs() {
        return appendTimeMs;
    }

    @Nullable
    Exception failure() {
        return failure;
    }
}
