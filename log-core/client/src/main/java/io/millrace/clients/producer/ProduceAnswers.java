package io.millrace.clients.producer;

import io.millrace.clients.network.ClusterClient;
import io.millrace.clients.network.ClusterView;
import io.millrace.clients.network.Retry;
import io.millrace.clients.producer.PartitionSequences.Verdict;
import io.millrace.common.Node;
import io.millrace.common.TopicPartition;
import io.millrace.common.errors.ApiException;
import io.millrace.common.errors.Failures;
import io.millrace.common.errors.InvalidMetadataException;
import io.millrace.common.errors.NetworkException;
import io.millrace.common.errors.RetriableException;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.ProduceRequest;
import io.millrace.protocol.ProduceRequest.PartitionProduceData;
import io.millrace.protocol.ProduceRequest.TopicProduceData;
import io.millrace.protocol.ProduceResponse;
import io.millrace.protocol.ProduceResponse.PartitionProduceResponse;
import io.millrace.protocol.Records;
import io.millrace.protocol.Uuid;
import io.millrace.record.Codecs;
import io.millrace.record.Compression;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Sends the batches for one node as one request, and carries out what the answer means for each.
///
/// Owner thread: the loop.
final class ProduceAnswers {
    /// The newest version that names topics by name.
    private static final int BY_NAME = 12;

    private final ClusterClient client;
    private final ProducerSettings settings;
    private final Accumulator accumulator;
    private final Sender sender;
    private final Compression compression;
    private final Codecs codecs = new Codecs();

    ProduceAnswers(
            ClusterClient client,
            ProducerSettings settings,
            Accumulator accumulator,
            Sender sender) {
        this.client = client;
        this.settings = settings;
        this.accumulator = accumulator;
        this.sender = sender;
        this.compression = Compression.named(settings.compression()).orElse(Compression.NONE);
    }

    void send(int node, List<ProducerBatch> batches) {
        Map<String, List<PartitionProduceData>> byTopic = new TreeMap<>();
        for (ProducerBatch batch : batches) {
            ByteBuffer bytes = batch.bytes(codecs, compression, settings.level());
            accumulator.ratio().learn(batch.plainBytes(), bytes.remaining());
            byTopic.computeIfAbsent(batch.partition().topic(), name -> new ArrayList<>())
                    .add(new PartitionProduceData(
                            batch.partition().partition(), Records.of(bytes)));
        }
        List<TopicProduceData> topics = new ArrayList<>();
        boolean haveIds = true;
        for (var entry : byTopic.entrySet()) {
            ClusterView.TopicView topic = client.view().topic(entry.getKey());
            Uuid id = topic == null ? Uuid.ZERO : topic.id();
            haveIds &= !id.isZero();
            topics.add(new TopicProduceData(entry.getKey(), id, entry.getValue()));
        }
        ProduceRequest request = new ProduceRequest(
                null, settings.acksOnWire(), client.settings().requestTimeoutMs(), topics);
        client.send(
                        node,
                        request,
                        haveIds ? ClusterClient.ANY_VERSION : BY_NAME,
                        client.settings().requestTimeoutMs())
                .whenComplete((answer, failure) -> {
                    if (failure != null) {
                        disconnected(batches, Retry.bare(failure));
                    } else if (answer instanceof ProduceResponse response) {
                        answered(topics, batches, response);
                    }
                    sender.wake();
                });
    }

    private void disconnected(List<ProducerBatch> batches, Throwable failure) {
        client.metadata().refresh();
        for (ProducerBatch batch : batches) {
            PartitionQueue queue = landed(batch);
            if (queue == null) {
                continue;
            }
            if (failure instanceof RetriableException && mayRetry(batch)) {
                again(queue, batch, false);
            } else {
                giveUp(
                        queue,
                        batch,
                        failure instanceof ApiException known
                                        && !(known instanceof RetriableException)
                                ? known
                                : new NetworkException(
                                        String.valueOf(failure.getMessage()), failure));
            }
        }
    }

    private void answered(
            List<TopicProduceData> asked, List<ProducerBatch> batches, ProduceResponse response) {
        Map<TopicPartition, PartitionProduceResponse> parts = new HashMap<>();
        for (var topic : response.responses()) {
            String name = nameOf(asked, topic.name(), topic.topicId());
            topic.partitionResponses()
                    .forEach(part -> parts.put(new TopicPartition(name, part.index()), part));
        }
        for (ProducerBatch batch : batches) {
            PartitionQueue queue = landed(batch);
            if (queue == null) {
                continue;
            }
            PartitionProduceResponse part = parts.get(batch.partition());
            if (part != null) {
                follow(response, part);
                judge(queue, batch, part);
            } else if (settings.acksOnWire() == 0) {
                store(queue, batch, -1, -1);
            } else {
                giveUp(
                        queue,
                        batch,
                        Failures.of(
                                ErrorCode.UNKNOWN_SERVER_ERROR,
                                "The server's answer leaves " + batch.partition() + " out"));
            }
        }
    }

    private static String nameOf(List<TopicProduceData> asked, String name, Uuid id) {
        if (!name.isEmpty()) {
            return name;
        }
        for (TopicProduceData topic : asked) {
            if (topic.topicId().equals(id)) {
                return topic.name();
            }
        }
        return "";
    }

    /// Takes the batch off those in flight; null when it was given up meanwhile.
    private @Nullable PartitionQueue landed(ProducerBatch batch) {
        PartitionQueue queue = accumulator.queue(batch.partition());
        return queue.inFlight.remove(batch) ? queue : null;
    }

    /// Goes where the answer says the leader is now (KIP-951).
    private void follow(ProduceResponse response, PartitionProduceResponse part) {
        int leader = part.currentLeader().leaderId();
        if (leader < 0) {
            return;
        }
        Node address = response.nodeEndpoints().stream()
                .filter(node -> node.nodeId() == leader)
                .map(node -> new Node(node.nodeId(), node.host(), node.port(), node.rack()))
                .findFirst()
                .orElse(null);
        for (var topic : response.responses()) {
            if (topic.partitionResponses().contains(part)) {
                String byId = client.view().nameOf(topic.topicId());
                String name = topic.name().isEmpty() && byId != null ? byId : topic.name();
                client.leaderMoved(
                        new TopicPartition(name, part.index()),
                        leader,
                        part.currentLeader().leaderEpoch(),
                        address);
            }
        }
    }

    private void judge(PartitionQueue queue, ProducerBatch batch, PartitionProduceResponse part) {
        ErrorCode code = part.errorCode();
        if (code == ErrorCode.NONE) {
            store(queue, batch, part.baseOffset(), part.logAppendTimeMs());
            return;
        }
        Verdict verdict = queue.sequences.judge(code, batch.baseSequence(), batch.count() > 1);
        switch (verdict) {
            case STORED -> store(queue, batch, part.baseOffset(), part.logAppendTimeMs());
            case SPLIT -> split(queue, batch);
            case RETRY, RENEW_AND_RETRY -> {
                boolean isKnown = part.currentLeader().leaderId() >= 0;
                if (Failures.of(code) instanceof InvalidMetadataException && !isKnown) {
                    client.metadata().refresh();
                }
                boolean counts = settings.isIdempotent() || verdict == Verdict.RETRY;
                if (counts && mayRetry(batch)) {
                    again(queue, batch, isKnown);
                } else {
                    giveUp(queue, batch, Failures.of(code, part.errorMessage()));
                }
            }
            case FAIL -> giveUp(queue, batch, Failures.of(code, part.errorMessage()));
        }
    }

    private boolean mayRetry(ProducerBatch batch) {
        long ageMs = (client.loop().nanoTime() - batch.createdNanos()) / 1_000_000;
        return batch.attempts() <= settings.retries() && ageMs < settings.deliveryTimeoutMs();
    }

    private void again(PartitionQueue queue, ProducerBatch batch, boolean atOnce) {
        queue.putBack(batch);
        sender.again(queue, batch, atOnce);
    }

    private void store(PartitionQueue queue, ProducerBatch batch, long offset, long timeMs) {
        if (batch.hasSequence()) {
            queue.sequences.stored(batch.lastSequence());
        }
        batch.stored(offset, timeMs);
        accumulator.finished(batch);
    }

    private void giveUp(PartitionQueue queue, ProducerBatch batch, Exception reason) {
        if (batch.hasSequence()) {
            queue.sequences.gaveUp();
        }
        fail(batch, reason);
    }

    void fail(ProducerBatch batch, Exception reason) {
        batch.fail(reason);
        accumulator.finished(batch);
    }

    private void split(PartitionQueue queue, ProducerBatch batch) {
        accumulator.ratio().reset();
        List<ProducerBatch> pieces =
                BatchSplitter.split(batch, accumulator.memory(), settings.batchBytes());
        if (batch.hasSequence()) {
            int first = batch.baseSequence();
            for (ProducerBatch piece : pieces) {
                piece.sequence(queue.sequences.producerId(), queue.sequences.epoch(), first);
                first = io.millrace.record.RecordBatch.addToSequence(first, piece.count());
            }
        }
        pieces.forEach(accumulator::addPiece);
        batch.split();
        accumulator.finished(batch);
        queue.putBackAll(pieces);
        sender.again(queue, pieces.getFirst(), true);
    }
}
