package io.millrace.benchmarks;

import io.millrace.protocol.CreateTopicsRequest;
import io.millrace.protocol.CreateTopicsRequest.CreatableTopic;
import io.millrace.protocol.CreateTopicsResponse;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.MetadataRequest;
import io.millrace.protocol.MetadataResponse;
import io.millrace.protocol.ProduceRequest;
import io.millrace.protocol.ProduceRequest.PartitionProduceData;
import io.millrace.protocol.ProduceRequest.TopicProduceData;
import io.millrace.protocol.ProduceResponse;
import io.millrace.protocol.Records;
import io.millrace.record.BatchBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Topics made, awaited and filled through a raw client.
record Topics(RawClient client) {
    private static final int CREATE_VERSION = 5;
    private static final int METADATA_VERSION = 9;
    private static final int PRODUCE_VERSION = 9;
    private static final int TIMEOUT_MS = 60_000;

    void create(String topic, int partitions) throws IOException {
        var answer = (CreateTopicsResponse) client.ask(
                CreateTopicsRequest.DEFAULT
                        .withTimeoutMs(TIMEOUT_MS)
                        .withTopics(List.of(CreatableTopic.DEFAULT
                                .withName(topic)
                                .withNumPartitions(partitions)
                                .withReplicationFactor((short) 1))),
                CREATE_VERSION);
        ErrorCode error = answer.topics().getFirst().errorCode();
        if (error != ErrorCode.NONE) {
            throw new IOException("cannot create " + topic + ": " + error);
        }
    }

    /// Waits until every partition has a leader.
    void awaitLeaders(List<String> topics) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        var request = MetadataRequest.DEFAULT.withTopics(topics.stream()
                .map(name -> MetadataRequest.MetadataRequestTopic.DEFAULT.withName(name))
                .toList());
        while (System.nanoTime() < deadline) {
            var answer = (MetadataResponse) client.ask(request, METADATA_VERSION);
            boolean led = answer.topics().stream()
                    .allMatch(topic -> topic.errorCode() == ErrorCode.NONE
                            && topic.partitions().stream().allMatch(p -> p.leaderId() >= 0));
            if (led) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
        throw new IOException("no leaders after two minutes");
    }

    /// One record of 100 bytes to each of the partitions, in one request. True when all were
    /// acknowledged.
    boolean produce(String topic, int firstPartition, int count) throws IOException {
        var parts = new ArrayList<PartitionProduceData>();
        for (int i = 0; i < count; i++) {
            parts.add(new PartitionProduceData(firstPartition + i, record()));
        }
        var request = ProduceRequest.DEFAULT
                .withAcks((short) -1)
                .withTimeoutMs(TIMEOUT_MS)
                .withTopicData(
                        List.of(TopicProduceData.DEFAULT.withName(topic).withPartitionData(parts)));
        var answer = (ProduceResponse) client.ask(request, PRODUCE_VERSION);
        return answer.responses().getFirst().partitionResponses().stream()
                .allMatch(partition -> partition.errorCode() == ErrorCode.NONE);
    }

    private static Records record() {
        var batch = new BatchBuilder();
        batch.begin(0);
        batch.appendArrays(0, System.currentTimeMillis(), null, new byte[100], List.of());
        return Records.of(batch.finish());
    }
}
