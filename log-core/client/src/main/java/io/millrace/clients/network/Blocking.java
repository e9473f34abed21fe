package io.millrace.clients.network;

import io.millrace.common.KafkaException;
import io.millrace.common.errors.ApiException;
import io.millrace.common.errors.InterruptException;
import io.millrace.common.errors.TimeoutException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/// Waits on a program's thread for what happens on a loop.
public final class Blocking {
    private Blocking() {}

    /// The value, or the failure thrown as the public API throws it.
    public static <T> T await(CompletableFuture<T> future, long timeoutMs) {
        try {
            return future.get(timeoutMs, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (java.util.concurrent.TimeoutException e) {
            throw new TimeoutException("Not done within " + timeoutMs + " ms", e);
        } catch (ExecutionException e) {
            throw thrown(Retry.bare(e));
        }
    }

    static RuntimeException thrown(Throwable failure) {
        failure.addSuppressed(new CallSite());
        if (failure instanceof ApiException
                || failure instanceof KafkaException
                || failure instanceof IllegalArgumentException
                || failure instanceof IllegalStateException) {
            return (RuntimeException) failure;
        }
        return new KafkaException(failure);
    }

    /// Where the program waited: the failure itself comes from the loop's thread.
    private static final class CallSite extends RuntimeException {
        private static final long serialVersionUID = 1L;

        CallSite() {
            super("waited for here");
        }
    }
}
