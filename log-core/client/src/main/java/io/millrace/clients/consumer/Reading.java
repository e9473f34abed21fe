package io.millrace.clients.consumer;

import io.millrace.clients.network.ClusterClient;
import io.millrace.common.IsolationLevel;
import io.millrace.common.TopicPartition;
import io.millrace.common.errors.ApiException;
import io.millrace.record.BatchReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The assigned partitions, where the program stands in each, and the chunks that wait to be read.
/// A chunk is read to its end before the next is begun, unless its partition is paused or goes
/// elsewhere.
///
/// Owner thread: the one that polls.
final class Reading<K, V> implements FetchEvents {
    private static final int MOST_UNCOMPRESSED = Integer.MAX_VALUE - 64;

    private final ClusterClient client;
    private final ConsumerSettings settings;
    private final ChunkReader.Parts<K, V> parts;
    private final Fetcher fetcher;
    private final Map<TopicPartition, Position> positions = new LinkedHashMap<>();
    private final ArrayDeque<Chunk> chunks = new ArrayDeque<>();
    private final Map<TopicPartition, Long> outOfRange = new HashMap<>();
    private final BatchReader batches = new BatchReader(MOST_UNCOMPRESSED);
    private @Nullable ChunkReader<K, V> current;
    private @Nullable RuntimeException failure;

    Reading(
            ClusterClient client,
            ConsumerSettings settings,
            ChunkReader.Parts<K, V> parts,
            Inbox inbox) {
        this.client = client;
        this.settings = settings;
        this.parts = parts;
        this.fetcher = new Fetcher(client, settings, inbox, this);
    }

    Set<TopicPartition> assignment() {
        return new LinkedHashSet<>(positions.keySet());
    }

    boolean isEmpty() {
        return positions.isEmpty();
    }

    Collection<Position> positions() {
        return positions.values();
    }

    @Nullable
    Position find(TopicPartition partition) {
        return positions.get(partition);
    }

    Position position(TopicPartition partition) {
        Position found = positions.get(partition);
        if (found == null) {
            throw new IllegalStateException(partition + " is not assigned to this consumer");
        }
        return found;
    }

    /// Makes these the assigned partitions; those that stay keep their positions.
    void assign(Collection<TopicPartition> wanted) {
        Set<TopicPartition> target = new LinkedHashSet<>(wanted);
        for (TopicPartition gone : assignment()) {
            if (!target.contains(gone)) {
                positions.remove(gone);
                onLoop(() -> fetcher.stop(gone));
            }
        }
        target.forEach(each -> positions.computeIfAbsent(each, Position::new));
        chunks.removeIf(chunk -> !isFresh(chunk));
    }

    private void onLoop(Runnable task) {
        client.loop().execute(task);
    }

    void seek(TopicPartition partition, OffsetAndMetadata to) {
        Position position = position(partition);
        position.seek(to.offset(), to.leaderEpoch());
        start(position);
    }

    void seek(TopicPartition partition, OffsetReset reset) {
        position(partition).seek(reset);
        onLoop(() -> fetcher.stop(partition));
    }

    /// Begins to fetch from the position.
    void start(Position position) {
        TopicPartition partition = position.partition();
        int generation = position.generation();
        long offset = position.offset();
        boolean isPaused = position.isPaused;
        onLoop(() -> fetcher.start(partition, generation, offset, isPaused));
    }

    void pause(TopicPartition partition, boolean isPaused) {
        position(partition).isPaused = isPaused;
        onLoop(() -> fetcher.pause(partition, isPaused));
    }

    @Override
    public void arrived(Chunk chunk) {
        if (isFresh(chunk)) {
            position(chunk.partition()).progress(chunk.progress());
            chunks.add(chunk);
        }
    }

    private boolean isFresh(Chunk chunk) {
        Position position = positions.get(chunk.partition());
        return position != null && position.generation() == chunk.generation();
    }

    @Override
    public void progressed(TopicPartition partition, int generation, Chunk.Progress progress) {
        Position position = positions.get(partition);
        if (position != null && position.generation() == generation) {
            position.progress(progress);
        }
    }

    @Override
    public void outOfRange(TopicPartition partition, int generation, long offset) {
        Position position = positions.get(partition);
        if (position == null || position.generation() != generation || position.offset() > offset) {
            return;
        }
        if (hasChunks(partition)) {
            outOfRange.put(partition, offset); // first what was read before
            return;
        }
        reset(position, offset);
    }

    private boolean hasChunks(TopicPartition partition) {
        return current != null && current.chunk().partition().equals(partition)
                || chunks.stream().anyMatch(chunk -> chunk.partition().equals(partition));
    }

    private void reset(Position position, long offset) {
        OffsetReset reset = settings.offsetReset();
        if (reset instanceof OffsetReset.None) {
            failure = new OffsetOutOfRangeException(Map.of(position.partition(), offset));
            start(position);
        } else {
            position.seek(reset);
        }
    }

    @Override
    public void failed(TopicPartition partition, int generation, ApiException reason) {
        Position position = positions.get(partition);
        if (position != null && position.generation() == generation) {
            failure = reason;
            start(position);
        }
    }

    void throwFailure() {
        RuntimeException thrown = failure;
        if (thrown != null) {
            failure = null;
            throw thrown;
        }
    }

    void fail(RuntimeException reason) {
        failure = reason;
    }

    /// Up to `max.poll.records` records of what was fetched.
    ConsumerRecords<K, V> take() {
        Map<TopicPartition, List<ConsumerRecord<K, V>>> records = new LinkedHashMap<>();
        Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
        int left = settings.maxPollRecords();
        try {
            while (left > 0) {
                ChunkReader<K, V> reader = reader();
                if (reader == null) {
                    break;
                }
                left -= read(reader, records, next, left);
            }
        } catch (RuntimeException e) {
            if (records.isEmpty()) {
                throw e;
            }
            // The program gets what is whole; the next poll comes to the same place again.
            current = null;
        }
        return records.isEmpty() ? ConsumerRecords.empty() : new ConsumerRecords<>(records, next);
    }

    private int read(
            ChunkReader<K, V> reader,
            Map<TopicPartition, List<ConsumerRecord<K, V>>> records,
            Map<TopicPartition, OffsetAndMetadata> next,
            int most) {
        TopicPartition partition = reader.chunk().partition();
        Position position = position(partition);
        List<ConsumerRecord<K, V>> some = records.get(partition);
        int count = 0;
        try {
            while (count < most) {
                ConsumerRecord<K, V> record = reader.next();
                if (record == null) {
                    ended(reader.chunk());
                    break;
                }
                if (some == null) {
                    some = new ArrayList<>();
                    records.put(partition, some);
                }
                some.add(record);
                count++;
            }
        } catch (RuntimeException e) {
            // The chunk stays: whoever polls again without a seek meets the same record.
            chunks.addFirst(reader.chunk());
            current = null;
            throw e;
        } finally {
            position.moved(reader.position(), reader.leaderEpoch());
            if (some != null) {
                next.put(partition, position.toCommit());
            }
        }
        return count;
    }

    private void ended(Chunk chunk) {
        current = null;
        TopicPartition partition = chunk.partition();
        onLoop(() -> fetcher.consumed(partition, chunk.generation()));
    }

    /// The chunk to read from, or null when there is none.
    private @Nullable ChunkReader<K, V> reader() {
        ChunkReader<K, V> open = current;
        if (open != null) {
            Chunk chunk = open.chunk();
            if (isFresh(chunk) && !position(chunk.partition()).isPaused) {
                return open;
            }
            current = null;
            if (isFresh(chunk)) {
                chunks.addFirst(chunk);
            }
        }
        for (Iterator<Chunk> all = chunks.iterator(); all.hasNext(); ) {
            Chunk chunk = all.next();
            if (!isFresh(chunk)) {
                all.remove();
            } else if (!position(chunk.partition()).isPaused) {
                all.remove();
                long from = position(chunk.partition()).offset();
                current = new ChunkReader<>(parts, chunk, batches, from);
                return current;
            }
        }
        resetOutOfRange();
        return null;
    }

    private void resetOutOfRange() {
        for (var entry : Map.copyOf(outOfRange).entrySet()) {
            if (!hasChunks(entry.getKey())) {
                outOfRange.remove(entry.getKey());
                Position position = positions.get(entry.getKey());
                if (position != null && position.offset() == entry.getValue()) {
                    reset(position, entry.getValue());
                }
            }
        }
    }

    boolean hasChunks() {
        return current != null || !chunks.isEmpty();
    }

    OptionalLong lag(TopicPartition partition) {
        Position position = position(partition);
        Chunk.Progress progress = position.progress();
        if (progress == null || !position.isKnown()) {
            return OptionalLong.empty();
        }
        long end = settings.isolationLevel() == IsolationLevel.READ_COMMITTED
                ? progress.lastStableOffset()
                : progress.highWatermark();
        return OptionalLong.of(Math.max(0, end - position.offset()));
    }

    /// Positions of all partitions that have one.
    Map<TopicPartition, OffsetAndMetadata> toCommit(Collection<TopicPartition> of) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (TopicPartition partition : of) {
            Position position = positions.get(partition);
            if (position != null && position.isKnown()) {
                offsets.put(partition, position.toCommit());
            }
        }
        return offsets;
    }

    void close() {
        batches.close();
    }
}
