package io.millrace.transport;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.internal.VertxInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// The event loops of one process or client, one thread each.
public final class LoopGroup {
    private final VertxInternal vertx;
    private final List<VertxLoop> loops;

    private LoopGroup(VertxInternal vertx, List<VertxLoop> loops) {
        this.vertx = vertx;
        this.loops = List.copyOf(loops);
    }

    /// Starts `count` loops that may hold `requestBytes` of requests between them.
    public static LoopGroup start(int count, long requestBytes) {
        VertxOptions options = new VertxOptions()
                .setEventLoopPoolSize(count)
                .setPreferNativeTransport(true)
                // The checker would wake up an idle process every second.
                .setBlockedThreadCheckInterval(1)
                .setBlockedThreadCheckIntervalUnit(TimeUnit.DAYS)
                .setFileSystemOptions(new FileSystemOptions()
                        .setFileCachingEnabled(false)
                        .setClassPathResolvingEnabled(false));
        VertxInternal vertx = (VertxInternal) Vertx.vertx(options);
        List<VertxLoop> loops = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            FrameBudget budget = new FrameBudget(Math.max(1, requestBytes / count));
            loops.add(new VertxLoop(vertx.createEventLoopContext(), budget));
        }
        return new LoopGroup(vertx, loops);
    }

    public List<VertxLoop> loops() {
        return loops;
    }

    VertxInternal vertx() {
        return vertx;
    }

    /// Closes everything that is open on the loops, then ends their threads.
    public CompletableFuture<Void> close() {
        return vertx.close().toCompletionStage().toCompletableFuture();
    }
}
