package io.millrace.broker;

import io.millrace.broker.coordinator.GroupCoordinators;
import io.millrace.broker.partition.Shard;
import io.millrace.broker.partition.Shards;
import io.millrace.group.GroupCensus;
import io.millrace.metrics.DirectoryFigures;
import io.millrace.metrics.GroupFigures;
import io.millrace.metrics.LoopFigures;
import io.millrace.metrics.NodeFigures;
import io.millrace.metrics.Observed;
import io.millrace.metrics.PartitionFigures;
import io.millrace.storage.LogDirectory;
import io.millrace.transport.LoopGroup;
import io.millrace.transport.VertxLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/// Gathers a node's figures: each loop copies its own, which takes it a millisecond where it has
/// thousands of partitions; everything else is the caller's work.
///
/// Owner thread: any that may block.
final class NodeObserved implements Observed {
    private static final long PATIENCE_MS = 5_000;

    private final LoopGroup loops;
    private final NodeListeners listeners;
    private final NodeStorage storage;
    private final Served served;

    /// What answers requests.
    record Served(RequestRouter router, Shards shards, GroupCoordinators coordinators) {}

    NodeObserved(LoopGroup loops, NodeListeners listeners, NodeStorage storage, Served served) {
        this.loops = loops;
        this.listeners = listeners;
        this.storage = storage;
        this.served = served;
    }

    private record Copied(LoopFigures figures, List<GroupCensus> groups) {}

    @Override
    public NodeFigures figures() throws TimeoutException {
        List<LoopFigures> figures = new ArrayList<>();
        List<GroupFigures> groups = new ArrayList<>();
        for (Copied copied : onEachLoop(this::copy)) {
            figures.add(copied.figures());
            copied.groups().forEach(census -> add(census, groups));
        }
        String version = Objects.requireNonNullElse(
                Broker.class.getPackage().getImplementationVersion(), "development");
        return new NodeFigures(
                version,
                figures,
                groups,
                storage.directories().stream().map(NodeObserved::figures).toList(),
                new NodeFigures.Network(
                        listeners.connections(),
                        listeners.accepted(),
                        listeners.refused(),
                        served.router().fetches().waiting().sum()));
    }

    private Copied copy(VertxLoop loop) {
        List<PartitionFigures> partitions = new ArrayList<>();
        List<GroupCensus> groups = new ArrayList<>();
        for (Shard shard : served.shards().all()) {
            if (shard.loop() == loop) {
                shard.forEach(partition -> partitions.add(partition.figures()));
                groups.addAll(served.coordinators().census(shard));
            }
        }
        LoopFigures figures = new LoopFigures(
                listeners.counters(loop).copy(),
                partitions,
                loop.budget().used(),
                loop.budget().limit(),
                served.router().fetches().sessions(loop));
        return new Copied(figures, groups);
    }

    private static void add(GroupCensus census, List<GroupFigures> groups) {
        census.forEach((id, state) -> {
            List<GroupFigures.Position> positions = new ArrayList<>();
            census.offsets(
                    id,
                    (topic, partition, offset) ->
                            positions.add(new GroupFigures.Position(topic, partition, offset)));
            groups.add(new GroupFigures(id, state, positions));
        });
    }

    private static DirectoryFigures figures(LogDirectory directory) {
        return new DirectoryFigures(
                directory.path().toString(),
                directory.isOnline(),
                directory.isFull(),
                directory.isOnline() ? directory.usableBytes() : 0);
    }

    private <T> List<T> onEachLoop(Function<VertxLoop, T> question) throws TimeoutException {
        List<CompletableFuture<T>> answers = new ArrayList<>();
        for (VertxLoop loop : loops.loops()) {
            CompletableFuture<T> answer = new CompletableFuture<>();
            answers.add(answer);
            loop.execute(() -> {
                try {
                    answer.complete(question.apply(loop));
                } catch (RuntimeException e) {
                    answer.completeExceptionally(e);
                }
            });
        }
        try {
            CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new))
                    .get(PATIENCE_MS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a loop cannot tell its figures", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TimeoutException("interrupted");
        }
        return answers.stream().map(CompletableFuture::join).toList();
    }

    @Override
    public String ailment() {
        try {
            onEachLoop(_ -> true);
            return "";
        } catch (TimeoutException e) {
            return "an event loop does not answer";
        }
    }

    @Override
    public String unreadiness() {
        boolean isAnyOnline = storage.directories().stream().anyMatch(LogDirectory::isOnline);
        return isAnyOnline ? ailment() : "no log directory is online";
    }
}
