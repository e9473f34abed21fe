package io.millrace.clients.consumer;

import io.millrace.clients.network.ClusterClient;
import io.millrace.common.Node;
import io.millrace.common.TopicPartition;
import io.millrace.common.errors.ApiException;
import io.millrace.common.errors.Failures;
import io.millrace.common.errors.RetriableException;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.FetchResponse;
import io.millrace.protocol.FetchResponse.AbortedTransaction;
import io.millrace.protocol.FetchResponse.PartitionData;
import io.millrace.protocol.Records;
import io.millrace.record.RecordBatch;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Carries out what the answer to a fetch means for each partition.
///
/// Owner thread: the loop.
final class FetchAnswers {
    private final ClusterClient client;
    private final Inbox inbox;
    private final FetchEvents events;
    private final Fetcher fetcher;

    FetchAnswers(ClusterClient client, Inbox inbox, FetchEvents events, Fetcher fetcher) {
        this.client = client;
        this.inbox = inbox;
        this.events = events;
        this.fetcher = fetcher;
    }

    /// No answer came.
    void lost(Map<TopicPartition, Fetcher.Fetching> asked) {
        client.metadata().refresh();
        asked.values().forEach(this::later);
    }

    void take(FetchResponse response, Map<TopicPartition, Fetcher.Fetching> asked) {
        if (response.errorCode() != ErrorCode.NONE) {
            if (!(Failures.of(response.errorCode()) instanceof RetriableException)) {
                asked.values().forEach(each -> fail(each, Failures.of(response.errorCode())));
            } else {
                client.metadata().refresh();
                asked.values().forEach(this::later);
            }
            return;
        }
        for (var topic : response.responses()) {
            String name =
                    topic.topic().isEmpty() ? client.view().nameOf(topic.topicId()) : topic.topic();
            if (name == null) {
                client.metadata().refresh();
                continue;
            }
            for (PartitionData part : topic.partitions()) {
                TopicPartition partition = new TopicPartition(name, part.partitionIndex());
                Fetcher.Fetching fetching = asked.get(partition);
                if (fetching != null && fetcher.find(partition) == fetching) {
                    take(response, fetching, part);
                }
            }
        }
    }

    private void take(FetchResponse response, Fetcher.Fetching fetching, PartitionData part) {
        switch (part.errorCode()) {
            case NONE -> records(fetching, part);
            case OFFSET_OUT_OF_RANGE -> {
                if (fetching.follower >= 0) {
                    fetching.follower = -1; // a follower may be behind: ask the leader
                } else {
                    fetching.isStopped = true;
                    long offset = fetching.offset;
                    inbox.put(() ->
                            events.outOfRange(fetching.partition, fetching.generation, offset));
                }
            }
            default -> {
                ApiException failure = Failures.of(part.errorCode());
                if (failure instanceof RetriableException
                        || part.errorCode() == ErrorCode.UNKNOWN_SERVER_ERROR) {
                    moved(response, fetching, part);
                } else {
                    fail(fetching, failure);
                }
            }
        }
    }

    private void moved(FetchResponse response, Fetcher.Fetching fetching, PartitionData part) {
        fetching.follower = -1;
        int leader = part.currentLeader().leaderId();
        if (leader >= 0) {
            Node address = response.nodeEndpoints().stream()
                    .filter(node -> node.nodeId() == leader)
                    .map(node -> new Node(node.nodeId(), node.host(), node.port(), node.rack()))
                    .findFirst()
                    .orElse(null);
            client.leaderMoved(
                    fetching.partition, leader, part.currentLeader().leaderEpoch(), address);
        } else {
            client.metadata().refresh();
        }
        later(fetching);
    }

    private void later(Fetcher.Fetching fetching) {
        long delayMs = client.backoff().delayMs(1, client.loop().random());
        fetching.notBeforeNanos = client.loop().nanoTime() + delayMs * 1_000_000;
        fetcher.runLater(delayMs);
    }

    private void fail(Fetcher.Fetching fetching, ApiException failure) {
        fetching.isStopped = true;
        inbox.put(() -> events.failed(fetching.partition, fetching.generation, failure));
    }

    private void records(Fetcher.Fetching fetching, PartitionData part) {
        if (part.preferredReadReplica() >= 0) {
            fetcher.follow(fetching, part.preferredReadReplica());
        }
        Chunk.Progress progress = new Chunk.Progress(
                part.highWatermark(), part.lastStableOffset(), part.logStartOffset());
        ByteBuffer batches = bytes(part.records());
        long next = batches == null ? -1 : endOf(batches);
        if (batches == null || next < 0) {
            inbox.put(() -> events.progressed(fetching.partition, fetching.generation, progress));
            return;
        }
        fetching.offset = Math.max(next, fetching.offset);
        fetching.chunks++;
        List<AbortedTransaction> aborted = part.abortedTransactions();
        Chunk chunk = new Chunk(
                fetching.partition,
                fetching.generation,
                batches,
                next,
                aborted == null ? List.of() : aborted,
                progress);
        inbox.put(() -> events.arrived(chunk));
    }

    private static @Nullable ByteBuffer bytes(@Nullable Records records) {
        return records instanceof Records.InMemory memory && memory.sizeInBytes() > 0
                ? memory.buffer()
                : null;
    }

    /// The offset behind the last whole batch; -1 when there is none.
    private static long endOf(ByteBuffer batches) {
        long end = -1;
        int at = batches.position();
        int size = RecordBatch.sizeAt(batches, at, batches.limit());
        while (size > 0) {
            end = RecordBatch.nextOffset(batches, at);
            at += size;
            size = RecordBatch.sizeAt(batches, at, batches.limit());
        }
        return end;
    }
}
