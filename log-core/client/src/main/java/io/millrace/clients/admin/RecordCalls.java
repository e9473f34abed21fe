package io.millrace.clients.admin;

import io.millrace.clients.admin.DescribeProducersResult.PartitionProducerState;
import io.millrace.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import io.millrace.common.TopicPartition;
import io.millrace.protocol.DeleteRecordsRequest;
import io.millrace.protocol.DeleteRecordsResponse;
import io.millrace.protocol.DescribeProducersRequest;
import io.millrace.protocol.DescribeProducersResponse;
import io.millrace.protocol.ListOffsetsRequest;
import io.millrace.protocol.ListOffsetsResponse;
import io.millrace.protocol.Response;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// What the leaders of partitions are asked: offsets, deletion of records, producers.
final class RecordCalls {
    private static final int CONSUMER = -1;
    private final Calls calls;

    RecordCalls(Calls calls) {
        this.calls = calls;
    }

    ListOffsetsResult offsets(Map<TopicPartition, OffsetSpec> specs, ListOffsetsOptions options) {
        var wanted = new LinkedHashMap<>(specs);
        return new ListOffsetsResult(calls.byLeader(
                wanted.keySet(),
                led -> {
                    var topics = new ArrayList<ListOffsetsRequest.ListOffsetsTopic>();
                    Calls.byTopic(led)
                            .forEach((topic, partitions) ->
                                    topics.add(new ListOffsetsRequest.ListOffsetsTopic(
                                            topic,
                                            partitions.stream()
                                                    .map(p ->
                                                            ListOffsetsRequest.ListOffsetsPartition
                                                                    .DEFAULT
                                                                    .withPartitionIndex(p)
                                                                    .withTimestamp(timestamp(
                                                                            wanted, topic, p)))
                                                    .toList())));
                    return new ListOffsetsRequest(
                            CONSUMER,
                            (byte) options.isolationLevel().ordinal(),
                            topics,
                            calls.timeoutMs());
                },
                RecordCalls::readOffsets));
    }

    private static long timestamp(
            Map<TopicPartition, OffsetSpec> wanted, String topic, int partition) {
        OffsetSpec spec = wanted.get(new TopicPartition(topic, partition));
        return spec == null ? OffsetSpec.latest().timestamp() : spec.timestamp();
    }

    private static Map<TopicPartition, Answer<ListOffsetsResultInfo>> readOffsets(
            Response response) {
        var answers = new HashMap<TopicPartition, Answer<ListOffsetsResultInfo>>();
        for (var topic : ((ListOffsetsResponse) response).topics()) {
            for (var partition : topic.partitions()) {
                answers.put(
                        new TopicPartition(topic.name(), partition.partitionIndex()),
                        new Answer<>(
                                partition.errorCode(),
                                null,
                                new ListOffsetsResultInfo(
                                        partition.offset(),
                                        partition.timestamp(),
                                        partition.leaderEpoch() < 0
                                                ? Optional.empty()
                                                : Optional.of(partition.leaderEpoch()))));
            }
        }
        return answers;
    }

    DeleteRecordsResult delete(Map<TopicPartition, RecordsToDelete> specs) {
        var wanted = new LinkedHashMap<>(specs);
        return new DeleteRecordsResult(calls.byLeader(
                wanted.keySet(),
                led -> {
                    var topics = new ArrayList<DeleteRecordsRequest.DeleteRecordsTopic>();
                    Calls.byTopic(led)
                            .forEach((topic, partitions) ->
                                    topics.add(new DeleteRecordsRequest.DeleteRecordsTopic(
                                            topic,
                                            partitions.stream()
                                                    .map(p ->
                                                            new DeleteRecordsRequest
                                                                    .DeleteRecordsPartition(
                                                                    p, before(wanted, topic, p)))
                                                    .toList())));
                    return new DeleteRecordsRequest(topics, calls.timeoutMs());
                },
                RecordCalls::readDeleted));
    }

    private static long before(
            Map<TopicPartition, RecordsToDelete> wanted, String topic, int partition) {
        RecordsToDelete spec = wanted.get(new TopicPartition(topic, partition));
        return spec == null ? 0 : spec.beforeOffset();
    }

    private static Map<TopicPartition, Answer<DeletedRecords>> readDeleted(Response response) {
        var answers = new HashMap<TopicPartition, Answer<DeletedRecords>>();
        for (var topic : ((DeleteRecordsResponse) response).topics()) {
            for (var partition : topic.partitions()) {
                answers.put(
                        new TopicPartition(topic.name(), partition.partitionIndex()),
                        new Answer<>(
                                partition.errorCode(),
                                null,
                                new DeletedRecords(partition.lowWatermark())));
            }
        }
        return answers;
    }

    DescribeProducersResult producers(Collection<TopicPartition> partitions) {
        return new DescribeProducersResult(calls.byLeader(
                partitions,
                led -> {
                    var topics = new ArrayList<DescribeProducersRequest.TopicRequest>();
                    Calls.byTopic(led)
                            .forEach((topic, indexes) -> topics.add(
                                    new DescribeProducersRequest.TopicRequest(topic, indexes)));
                    return new DescribeProducersRequest(topics);
                },
                RecordCalls::readProducers));
    }

    private static Map<TopicPartition, Answer<PartitionProducerState>> readProducers(
            Response response) {
        var answers = new HashMap<TopicPartition, Answer<PartitionProducerState>>();
        for (var topic : ((DescribeProducersResponse) response).topics()) {
            for (var partition : topic.partitions()) {
                var states = partition.activeProducers().stream()
                        .map(RecordCalls::state)
                        .toList();
                answers.put(
                        new TopicPartition(topic.name(), partition.partitionIndex()),
                        new Answer<>(
                                partition.errorCode(),
                                partition.errorMessage(),
                                new PartitionProducerState(states)));
            }
        }
        return answers;
    }

    private static ProducerState state(DescribeProducersResponse.ProducerState state) {
        return new ProducerState(
                state.producerId(),
                state.producerEpoch(),
                state.lastSequence(),
                state.lastTimestamp(),
                state.coordinatorEpoch() < 0
                        ? OptionalInt.empty()
                        : OptionalInt.of(state.coordinatorEpoch()),
                state.currentTxnStartOffset() < 0
                        ? OptionalLong.empty()
                        : OptionalLong.of(state.currentTxnStartOffset()));
    }
}
