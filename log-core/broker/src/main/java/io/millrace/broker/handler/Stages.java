package io.millrace.broker.handler;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Waits for several answers.
final class Stages {
    private Stages() {}

    /// All of them in their order, on the loop of the last; or the failure of one.
    static <T> CompletableFuture<List<T>> all(List<CompletionStage<T>> stages) {
        List<CompletableFuture<T>> futures = new ArrayList<>(stages.size());
        stages.forEach(stage -> futures.add(stage.toCompletableFuture()));
        return CompletableFuture.allOf(futures.toArray(CompletableFuture<?>[]::new))
                .thenApply(_ -> futures.stream().map(CompletableFuture::join).toList());
    }
}
