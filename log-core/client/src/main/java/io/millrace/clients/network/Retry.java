package io.millrace.clients.network;

import io.millrace.common.errors.DisconnectException;
import io.millrace.common.errors.RetriableException;
import io.millrace.common.errors.TimeoutException;
import io.millrace.common.errors.UnsupportedVersionException;
import io.millrace.host.Loop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Repeats an attempt while it fails with what may go away, with growing waits, until the time is
/// up. The result then fails with a timeout whose cause is the last failure.
public final class Retry<T> {
    private final Loop loop;
    private final Backoff backoff;
    private final long deadlineNanos;
    private final long timeoutMs;
    private final Supplier<CompletionStage<T>> attempt;
    private final CompletableFuture<T> result = new CompletableFuture<>();
    private @Nullable Throwable last;
    private int failures;

    Retry(Loop loop, Backoff backoff, long timeoutMs, Supplier<CompletionStage<T>> attempt) {
        this.loop = loop;
        this.backoff = backoff;
        this.timeoutMs = timeoutMs;
        this.deadlineNanos =
                loop.nanoTime() + Math.min(timeoutMs, Long.MAX_VALUE / 2_000_000) * 1_000_000;
        this.attempt = attempt;
    }

    CompletableFuture<T> start() {
        Loop.Scheduled limit = loop.schedule(Math.max(0, timeoutMs), this::timeUp);
        result.whenComplete((value, failure) -> limit.cancel());
        run();
        return result;
    }

    private void run() {
        if (result.isDone()) {
            return;
        }
        CompletionStage<T> stage;
        try {
            stage = attempt.get();
        } catch (RuntimeException e) {
            stage = CompletableFuture.failedFuture(e);
        }
        stage.whenComplete((value, failure) -> {
            if (failure == null) {
                result.complete(value);
            } else {
                failed(bare(failure));
            }
        });
    }

    private void failed(Throwable failure) {
        last = failure;
        failures++;
        long delayMs = backoff.delayMs(failures, loop.random());
        if (!(failure instanceof RetriableException)) {
            result.completeExceptionally(failure);
        } else if (loop.nanoTime() + delayMs * 1_000_000 - deadlineNanos < 0) {
            loop.schedule(delayMs, this::run);
        }
    }

    private void timeUp() {
        String message = "Not done within " + timeoutMs + " ms"
                + (last == null ? "" : "; the last attempt failed: " + last.getMessage());
        result.completeExceptionally(
                last == null ? new TimeoutException(message) : new TimeoutException(message, last));
    }

    /// The failure without the wrappings that futures put around it.
    public static Throwable bare(Throwable failure) {
        Throwable bare = failure;
        while ((bare instanceof CompletionException || bare instanceof ExecutionException)
                && bare.getCause() != null) {
            bare = bare.getCause();
        }
        return bare;
    }

    public static boolean isDisconnect(Throwable failure) {
        return bare(failure) instanceof DisconnectException
                || bare(failure) instanceof TimeoutException;
    }

    public static boolean isUnsupported(Throwable failure) {
        return bare(failure) instanceof UnsupportedVersionException;
    }
}
