package io.millrace.broker.handler;

import io.millrace.broker.request.ClusterView;
import io.millrace.broker.request.ControllerLink;
import io.millrace.cluster.ControllerCommand;
import io.millrace.host.Answer;
import io.millrace.host.Loop;
import io.millrace.protocol.AllocateProducerIdsRequest;
import io.millrace.protocol.AllocateProducerIdsResponse;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.RegisterBrokerRecord;
import io.millrace.protocol.Response;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Gives out producer ids, each once, from blocks that the controller gives to this node.
///
/// Owner thread: the loop it was given; `next` may be called on any.
public final class ProducerIds {
    /// No id can be given: the controller does not answer as it should.
    static final long NONE = -1;

    private static final int MAX_WAITING = 100_000;

    private final Loop loop;
    private final ClusterView cluster;
    private final ControllerLink controller;
    private final Queue<CompletableFuture<Long>> waiting = new ArrayDeque<>();
    private long next;
    private long end;
    private boolean isAsking;

    public ProducerIds(Loop loop, ClusterView cluster, ControllerLink controller) {
        this.loop = loop;
        this.cluster = cluster;
        this.controller = controller;
    }

    /// An id, or NONE. Completes on the allocator's loop.
    CompletionStage<Long> next() {
        CompletableFuture<Long> id = new CompletableFuture<>();
        if (loop.isCurrent()) {
            request(id);
        } else {
            loop.execute(() -> request(id));
        }
        return id;
    }

    private void request(CompletableFuture<Long> id) {
        if (waiting.size() >= MAX_WAITING) {
            id.complete(NONE);
            return;
        }
        waiting.add(id);
        serve();
    }

    private void serve() {
        while (next < end && !waiting.isEmpty()) {
            waiting.remove().complete(next++);
        }
        if (!waiting.isEmpty() && !isAsking) {
            isAsking = true;
            RegisterBrokerRecord self = cluster.image().brokers().get(cluster.nodeId());
            long epoch = self == null ? -1 : self.brokerEpoch();
            controller
                    .submit(new ControllerCommand.AllocateProducerIds(
                            new AllocateProducerIdsRequest(cluster.nodeId(), epoch)))
                    .thenAccept(answer -> loop.execute(() -> answered(answer)));
        }
    }

    private void answered(Answer<Response> answer) {
        isAsking = false;
        if (answer instanceof Answer.Replied<Response>(AllocateProducerIdsResponse block)
                && block.errorCode() == ErrorCode.NONE
                && block.producerIdLen() > 0) {
            next = block.producerIdStart();
            end = next + block.producerIdLen();
            serve();
            return;
        }
        while (!waiting.isEmpty()) {
            waiting.remove().complete(NONE);
        }
    }
}
