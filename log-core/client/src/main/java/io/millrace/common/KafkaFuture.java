package io.millrace.common;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// The result of an asynchronous call. `toCompletionStage` gives Java's own form of it.
public final class KafkaFuture<T> implements Future<T> {
    private final CompletableFuture<T> stage;

    private KafkaFuture(CompletableFuture<T> stage) {
        this.stage = stage;
    }

    /// A function, under the name that programs use for it.
    public interface BaseFunction<A, B> {
        B apply(A a);
    }

    public interface BiConsumer<A, B> {
        void accept(A a, B b);
    }

    public static <T> KafkaFuture<T> of(CompletionStage<T> stage) {
        return new KafkaFuture<>(stage.toCompletableFuture());
    }

    public static <T> KafkaFuture<T> completedFuture(T value) {
        return new KafkaFuture<>(CompletableFuture.completedFuture(value));
    }

    public static KafkaFuture<Void> allOf(KafkaFuture<?>... futures) {
        CompletableFuture<?>[] stages = new CompletableFuture<?>[futures.length];
        for (int i = 0; i < futures.length; i++) {
            stages[i] = futures[i].stage;
        }
        return new KafkaFuture<>(CompletableFuture.allOf(stages));
    }

    public CompletionStage<T> toCompletionStage() {
        return stage.copy();
    }

    public <R> KafkaFuture<R> thenApply(BaseFunction<T, R> function) {
        return new KafkaFuture<>(stage.thenApply(function::apply));
    }

    public KafkaFuture<T> whenComplete(BiConsumer<? super T, ? super @Nullable Throwable> action) {
        return new KafkaFuture<>(
                stage.whenComplete((value, failure) -> tell(action, value, failure)));
    }

    @SuppressWarnings("NullAway") // programs expect null for what is not there
    private static <T> void tell(
            BiConsumer<? super T, ? super @Nullable Throwable> action,
            T value,
            @Nullable Throwable failure) {
        action.accept(value, failure == null ? null : bare(failure));
    }

    private static Throwable bare(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null
                ? failure.getCause()
                : failure;
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        return stage.get();
    }

    @Override
    public T get(long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        return stage.get(timeout, unit);
    }

    public T getNow(T valueIfAbsent) throws ExecutionException {
        try {
            return stage.getNow(valueIfAbsent);
        } catch (CompletionException e) {
            throw new ExecutionException(bare(e));
        }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return stage.cancel(mayInterruptIfRunning);
    }

    @Override
    public boolean isCancelled() {
        return stage.isCancelled();
    }

    @Override
    public boolean isDone() {
        return stage.isDone();
    }

    public boolean isCompletedExceptionally() {
        return stage.isCompletedExceptionally();
    }

    /// The value of a future that is known to have succeeded.
    public T value() {
        try {
            return stage.join();
        } catch (CompletionException | CancellationException e) {
            throw new KafkaException(bare(e));
        }
    }
}
