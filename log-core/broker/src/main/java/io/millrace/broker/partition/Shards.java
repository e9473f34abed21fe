package io.millrace.broker.partition;

import io.millrace.host.Loop;
import io.millrace.storage.LogId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// All shards, and which of them owns a partition. Immutable; on any loop.
public final class Shards {
    private final List<Shard> shards;

    /// @param largeBatches who looks at what would hold up a loop
    public Shards(List<? extends Loop> loops, LargeBatches largeBatches) {
        shards = loops.stream().map(loop -> new Shard(loop, largeBatches)).toList();
    }

    public List<Shard> all() {
        return shards;
    }

    /// Neighbouring partitions of a topic lie on different loops.
    public Shard of(LogId id) {
        return shards.get(indexOf(id));
    }

    public int indexOf(LogId id) {
        return Math.floorMod(id.topic().hashCode() + id.partition(), shards.size());
    }

    /// Asks a partition, or null where it is not led here, on its own loop; completes there.
    public <T> CompletionStage<T> ask(
            LogId id, Function<@Nullable PartitionDriver, CompletionStage<T>> question) {
        Shard shard = of(id);
        if (shard.loop().isCurrent()) {
            return question.apply(shard.partition(id));
        }
        CompletableFuture<T> answer = new CompletableFuture<>();
        shard.loop().execute(() -> {
            try {
                question.apply(shard.partition(id)).whenComplete((value, failure) -> {
                    if (failure == null) {
                        answer.complete(value);
                    } else {
                        answer.completeExceptionally(failure);
                    }
                });
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }
}
