package io.millrace.broker.partition;

import io.millrace.host.Loop;
import io.millrace.storage.ClientBatches;
import io.millrace.storage.LogId;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The partitions of one loop. Other loops reach them through `run`.
public final class Shard {
    /// A batch that decompresses to more is not looked at on the loop: some milliseconds.
    private static final int MAX_UNCOMPRESSED_BYTES = 4 << 20;

    private final Loop loop;
    private final ClientBatches clientBatches = new ClientBatches(MAX_UNCOMPRESSED_BYTES);
    private final Map<LogId, PartitionDriver> partitions = new HashMap<>();

    private final LargeBatches largeBatches;

    Shard(Loop loop, LargeBatches largeBatches) {
        this.loop = loop;
        this.largeBatches = largeBatches;
    }

    LargeBatches largeBatches() {
        return largeBatches;
    }

    ClientBatches clientBatches() {
        return clientBatches;
    }

    public Loop loop() {
        return loop;
    }

    /// Runs the task on the shard's loop; at once when that is the caller's.
    public void run(Runnable task) {
        if (loop.isCurrent()) {
            task.run();
        } else {
            loop.execute(task);
        }
    }

    /// Null when it is not led here. On the shard's loop.
    public @Nullable PartitionDriver partition(LogId id) {
        return partitions.get(id);
    }

    public void forEach(Consumer<PartitionDriver> action) {
        partitions.values().forEach(action);
    }

    void put(PartitionDriver partition) {
        partitions.put(partition.log().id(), partition);
    }

    @Nullable
    PartitionDriver remove(LogId id) {
        return partitions.remove(id);
    }
}
