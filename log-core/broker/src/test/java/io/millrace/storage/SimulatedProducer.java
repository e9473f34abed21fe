package io.millrace.storage;

import io.millrace.record.BatchBuilder;
import io.millrace.record.Codecs;
import io.millrace.record.Compression;
import io.millrace.record.RecordHeader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;

/// An idempotent producer as Kafka's clients are: at most five batches in flight, what was not
/// acknowledged is sent again in order with the sequences it had.
final class SimulatedProducer {
    private static final int MOST_IN_FLIGHT = 5;

    private final long id;
    private final Deque<Batch> inFlight = new ArrayDeque<>();
    private int nextSequence;

    SimulatedProducer(long id) {
        this.id = id;
    }

    /// A batch that was or will be sent.
    static final class Batch {
        final int firstSequence;
        final List<String> values;
        long end = -1; // where it ends in the log, once it was appended

        Batch(int firstSequence, List<String> values) {
            this.firstSequence = firstSequence;
            this.values = values;
        }
    }

    boolean canSend() {
        return inFlight.size() < MOST_IN_FLIGHT;
    }

    Batch next(SplittableRandom random) {
        List<String> values = new ArrayList<>();
        int count = random.nextInt(10) == 0 ? random.nextInt(1, 60) : random.nextInt(1, 4);
        for (int i = 0; i < count; i++) {
            values.add(id + ":" + (nextSequence + i));
        }
        Batch batch = new Batch(nextSequence, values);
        nextSequence += count;
        inFlight.addLast(batch);
        return batch;
    }

    /// What is below `end` in the log was acknowledged.
    void acknowledged(long end) {
        while (!inFlight.isEmpty()
                && inFlight.peekFirst().end >= 0
                && inFlight.peekFirst().end <= end) {
            inFlight.removeFirst();
        }
    }

    /// The connection is gone: all that is in flight has to be sent again.
    List<Batch> connectionLost() {
        for (Batch batch : inFlight) {
            batch.end = -1;
        }
        return List.copyOf(inFlight);
    }

    /// What has no place in the log, in order.
    List<Batch> unsent() {
        return inFlight.stream().filter(batch -> batch.end < 0).toList();
    }

    /// One that was sent and not acknowledged, to be sent once more.
    List<Batch> sent() {
        return inFlight.stream().filter(batch -> batch.end >= 0).toList();
    }

    /// @param life a number that is the same as long as the log must recognise the producer
    ByteBuffer encode(Batch batch, BatchBuilder builder, Codecs codecs, long life, long nowMs) {
        builder.begin(0);
        builder.producer(id + 1_000 * life, (short) 0, batch.firstSequence);
        for (String value : batch.values) {
            builder.appendArrays(
                    builder.nextOffset(),
                    nowMs,
                    null,
                    value.getBytes(StandardCharsets.UTF_8),
                    RecordHeader.NONE);
        }
        Compression compression = batch.firstSequence % 3 == 0 ? Compression.LZ4 : Compression.NONE;
        return TestWorld.copy(builder.finish(codecs, compression, compression.defaultLevel()));
    }
}
