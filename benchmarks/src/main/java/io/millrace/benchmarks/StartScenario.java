package io.millrace.benchmarks;

import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.MetadataRequest;
import io.millrace.protocol.MetadataRequest.MetadataRequestTopic;
import io.millrace.protocol.ProduceRequest;
import io.millrace.protocol.ProduceRequest.PartitionProduceData;
import io.millrace.protocol.ProduceRequest.TopicProduceData;
import io.millrace.protocol.ProduceResponse;
import io.millrace.protocol.Records;
import io.millrace.record.BatchBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// From the start of the process to the first record that is acknowledged to a raw client, the
/// second time that the directory is used.
record StartScenario() implements Scenario {
    private static final String TOPIC = "first";
    private static final int METADATA_VERSION = 9;
    private static final int PRODUCE_VERSION = 9;

    @Override
    public String name() {
        return "start";
    }

    @Override
    public String what() {
        return "start to the first acknowledged record: 0.25 times";
    }

    @Override
    public Durability durability() {
        return Durability.BOTH;
    }

    @Override
    public void measure(Bench bench, Peer side, Samples samples) throws Exception {
        int port = Bench.freePort();
        Path data = bench.directory(side, port, Map.of());
        firstRecord(side.launch(data, port, Map.of()));
        samples.add(
                "ms to first record", side.name(), firstRecord(side.launch(data, port, Map.of())));
        Bench.discard(data);
    }

    private static double firstRecord(ServerProcess server) throws InterruptedException {
        long start = System.nanoTime();
        try (server) {
            while (!acknowledged(server.port())) {
                if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(60)) {
                    throw new IllegalStateException("no record was acknowledged in a minute");
                }
                TimeUnit.MILLISECONDS.sleep(2);
            }
            return (System.nanoTime() - start) / 1e6;
        }
    }

    private static boolean acknowledged(int port) {
        try (var client = new RawClient(port)) {
            client.ask(
                    MetadataRequest.DEFAULT
                            .withAllowAutoTopicCreation(true)
                            .withTopics(List.of(MetadataRequestTopic.DEFAULT.withName(TOPIC))),
                    METADATA_VERSION);
            var answer = (ProduceResponse) client.ask(produce(), PRODUCE_VERSION);
            return answer.responses().getFirst().partitionResponses().getFirst().errorCode()
                    == ErrorCode.NONE;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static ProduceRequest produce() {
        var batch = new BatchBuilder();
        batch.begin(0);
        batch.appendArrays(0, System.currentTimeMillis(), null, new byte[100], List.of());
        return ProduceRequest.DEFAULT
                .withAcks((short) -1)
                .withTimeoutMs(5000)
                .withTopicData(List.of(TopicProduceData.DEFAULT
                        .withName(TOPIC)
                        .withPartitionData(
                                List.of(new PartitionProduceData(0, Records.of(batch.finish()))))));
    }
}
