package io.millrace.benchmarks.jmh;

import io.millrace.protocol.Api;
import io.millrace.protocol.FetchRequest;
import io.millrace.protocol.FetchResponse;
import io.millrace.protocol.ProduceRequest;
import io.millrace.protocol.ProduceResponse;
import io.millrace.protocol.Records;
import io.millrace.protocol.Request;
import io.millrace.protocol.RequestFrame;
import io.millrace.protocol.RequestHeader;
import io.millrace.protocol.Uuid;
import io.millrace.protocol.WirePart;
import io.millrace.protocol.WireWriter;
import io.millrace.record.Compression;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// The frames of Produce and Fetch for one topic of ten partitions, in their newest versions.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FrameBench {
    private static final int PARTITIONS = 10;
    private static final Uuid TOPIC = new Uuid(1, 2);
    private static final Records RECORDS = Records.of(Batches.of(10, 100, Compression.NONE));

    private final ByteBuffer produce = frame(Api.PRODUCE, produceRequest());
    private final ByteBuffer fetch = frame(Api.FETCH, fetchRequest());
    private final RequestFrame produceAsked = RequestFrame.open(produce.duplicate());
    private final RequestFrame fetchAsked = RequestFrame.open(fetch.duplicate());
    private final ProduceResponse produced = produceResponse();
    private final FetchResponse fetched = fetchResponse();

    private static ByteBuffer frame(Api api, Request request) {
        int version = api.latestVersion();
        WireWriter out = new WireWriter();
        new RequestHeader((short) api.key(), (short) version, 7, "producer-1")
                .write(out, api.requestHeaderVersion(version));
        request.write(out, version);
        ByteBuffer whole = out.toBuffer();
        return ByteBuffer.allocateDirect(whole.remaining()).put(whole).flip();
    }

    private static ProduceRequest produceRequest() {
        List<ProduceRequest.PartitionProduceData> partitions = partitions().stream()
                .map(each -> new ProduceRequest.PartitionProduceData(each, RECORDS))
                .toList();
        return ProduceRequest.DEFAULT
                .withAcks((short) -1)
                .withTopicData(List.of(ProduceRequest.TopicProduceData.DEFAULT
                        .withTopicId(TOPIC)
                        .withPartitionData(partitions)));
    }

    private static FetchRequest fetchRequest() {
        List<FetchRequest.FetchPartition> partitions = partitions().stream()
                .map(each -> FetchRequest.FetchPartition.DEFAULT.withPartition(each))
                .toList();
        return FetchRequest.DEFAULT.withTopics(List.of(
                FetchRequest.FetchTopic.DEFAULT.withTopicId(TOPIC).withPartitions(partitions)));
    }

    private static ProduceResponse produceResponse() {
        List<ProduceResponse.PartitionProduceResponse> partitions = partitions().stream()
                .map(each -> ProduceResponse.PartitionProduceResponse.DEFAULT.withIndex(each))
                .toList();
        return ProduceResponse.DEFAULT.withResponses(
                List.of(ProduceResponse.TopicProduceResponse.DEFAULT
                        .withTopicId(TOPIC)
                        .withPartitionResponses(partitions)));
    }

    private static FetchResponse fetchResponse() {
        List<FetchResponse.PartitionData> partitions = partitions().stream()
                .map(each -> FetchResponse.PartitionData.DEFAULT
                        .withPartitionIndex(each)
                        .withRecords(RECORDS))
                .toList();
        return FetchResponse.DEFAULT.withResponses(
                List.of(FetchResponse.FetchableTopicResponse.DEFAULT
                        .withTopicId(TOPIC)
                        .withPartitions(partitions)));
    }

    private static List<Integer> partitions() {
        return java.util.stream.IntStream.range(0, PARTITIONS).boxed().toList();
    }

    @Benchmark
    public Request readProduce() {
        return RequestFrame.open(produce.duplicate()).request();
    }

    @Benchmark
    public List<WirePart> writeProduced() {
        return produceAsked.reply(produced);
    }

    @Benchmark
    public Request readFetch() {
        return RequestFrame.open(fetch.duplicate()).request();
    }

    @Benchmark
    public List<WirePart> writeFetched() {
        return fetchAsked.reply(fetched);
    }
}
