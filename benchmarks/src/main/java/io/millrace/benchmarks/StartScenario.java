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
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// From the start of the process to the first record that is acknowledged to a raw client, the
/// second time that the directory is used.
record StartScenario() implements Scenario {
    private static final String METRIC = "ms to first record";
    private static final String TOPIC = "first";
    private static final int METADATA_VERSION = 9;
    private static final int PRODUCE_VERSION = 9;

    @Override
    public Plan plan() {
        return new Plan(
                "start",
                "from a second start to the first acknowledged record",
                3,
                12,
                List.of(Side.KAFKA, Side.OS, Side.GROUP));
    }

    @Override
    public List<Bar> bars() {
        return Stream.of(Side.OS, Side.GROUP)
                .flatMap(side -> Stream.of(
                        Bar.ratio(side, METRIC, Bar.atMost(0.25, "kafka"), Side.KAFKA),
                        Bar.plain(side, METRIC, Bar.atMost(1000, "ms"))))
                .toList();
    }

    @Override
    public void measure(Bench bench, Side side, Samples samples)
            throws IOException, InterruptedException {
        try (Node node = bench.node(side)) {
            firstRecord(node.launch());
            samples.add(METRIC, side, firstRecord(node.launch()));
        }
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
