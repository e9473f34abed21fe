package io.millrace.clients.producer;

import io.millrace.clients.network.ClusterClient;
import io.millrace.clients.network.Retry;
import io.millrace.common.errors.Failures;
import io.millrace.common.errors.RetriableException;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.InitProducerIdRequest;
import io.millrace.protocol.InitProducerIdResponse;
import org.jspecify.annotations.Nullable;

/// The producer id and epoch of an idempotent producer, which the cluster gives out once.
final class Identity {
    private static final long NONE = -1;

    private final ClusterClient client;
    private final Runnable changed;
    private long producerId = NONE;
    private short epoch;
    private boolean isAsking;
    private int failures;
    private @Nullable Exception failure;

    Identity(ClusterClient client, Runnable changed) {
        this.client = client;
        this.changed = changed;
    }

    boolean isKnown() {
        return producerId != NONE;
    }

    long producerId() {
        return producerId;
    }

    short epoch() {
        return epoch;
    }

    /// Why there will never be one; null while there is hope.
    @Nullable
    Exception failure() {
        return failure;
    }

    /// An epoch above `used`. When an id has no more epochs, the next `obtain` gets another id.
    short raise(short used) {
        if (used == Short.MAX_VALUE) {
            producerId = NONE;
            return used;
        }
        epoch = (short) Math.max(epoch, used + 1);
        return epoch;
    }

    /// Asks until there is one. Harmless while it asks already.
    void obtain() {
        if (isAsking || failure != null) {
            return;
        }
        isAsking = true;
        InitProducerIdRequest request = InitProducerIdRequest.DEFAULT
                .withTransactionalId(null)
                .withTransactionTimeoutMs(Integer.MAX_VALUE)
                .withProducerId(NONE)
                .withProducerEpoch((short) NONE);
        client.sendToAny(request).whenComplete((answer, lost) -> {
            isAsking = false;
            if (lost == null && answer instanceof InitProducerIdResponse response) {
                came(response);
            } else if (lost != null) {
                failed(Retry.bare(lost));
            }
        });
    }

    private void came(InitProducerIdResponse response) {
        if (response.errorCode() != ErrorCode.NONE) {
            failed(Failures.of(response.errorCode()));
            return;
        }
        producerId = response.producerId();
        epoch = response.producerEpoch();
        failures = 0;
        changed.run();
    }

    private void failed(Throwable reason) {
        failures++;
        if (!(reason instanceof RetriableException) && reason instanceof Exception fatal) {
            failure = fatal;
            changed.run();
            return;
        }
        client.loop()
                .schedule(client.backoff().delayMs(failures, client.loop().random()), this::obtain);
    }
}
