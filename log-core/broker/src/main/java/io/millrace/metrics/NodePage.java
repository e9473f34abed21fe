package io.millrace.metrics;

import static io.millrace.metrics.Family.*;

import io.millrace.protocol.Api;
import io.millrace.protocol.ErrorCode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/// Shows a node's figures, family by family.
final class NodePage {
    private static final ErrorCode[] ERRORS = ErrorCode.values();

    private final NodeFigures node;
    private final SyncCounters syncs;
    private final Exposition out;
    private final List<PartitionFigures> partitions = new ArrayList<>();
    private final RequestCounters requests = new RequestCounters();

    NodePage(NodeFigures node, SyncCounters syncs, Exposition out) {
        this.node = node;
        this.syncs = syncs;
        this.out = out;
        for (LoopFigures loop : node.loops()) {
            requests.add(loop.requests());
            partitions.addAll(loop.partitions());
        }
        partitions.sort(Comparator.comparing(PartitionFigures::topic)
                .thenComparingInt(PartitionFigures::partition));
    }

    void write() {
        out.family(BUILD).row(1, node.version());
        requests();
        topics();
        network();
        partitions();
        out.family(SYNC_TIME).times(syncs.nanos());
        out.family(SYNC_FILES).sizes(syncs.files());
        directories();
        groups();
        out.family(UNLISTED);
        Map<Family, Integer> leftOut = new TreeMap<>(out.leftOut());
        leftOut.forEach((family, rows) -> out.row(rows, family.shownName()));
    }

    private void requests() {
        Map<Api, RequestCounters.OfApi> byApi = requests.byApi();
        out.family(REQUEST_TIME);
        byApi.forEach((api, counters) -> out.times(counters.nanos, api.apiName()));
        out.family(REQUEST_ERRORS);
        byApi.forEach((api, counters) -> {
            for (ErrorCode error : ERRORS) {
                long count = counters.errors[error.ordinal()];
                if (count > 0) {
                    out.row(count, api.apiName(), error.name());
                }
            }
        });
        out.family(REQUEST_BYTES);
        byApi.forEach((api, counters) -> out.row(counters.requestBytes, api.apiName()));
        out.family(RESPONSE_BYTES);
        byApi.forEach((api, counters) -> out.row(counters.responseBytes, api.apiName()));
    }

    private void topics() {
        topics(TOPIC_BYTES_IN, PartitionFigures.Traffic::bytesIn);
        topics(TOPIC_RECORDS_IN, PartitionFigures.Traffic::recordsIn);
        topics(TOPIC_BYTES_OUT, PartitionFigures.Traffic::bytesOut);
    }

    private void topics(Family family, ToLongFunction<PartitionFigures.Traffic> figure) {
        Map<String, Long> sums = new TreeMap<>();
        partitions.forEach(
                it -> sums.merge(it.topic(), figure.applyAsLong(it.traffic()), Long::sum));
        out.family(family);
        sums.forEach((topic, sum) -> out.row(sum, topic));
    }

    private void network() {
        NodeFigures.Network network = node.network();
        out.family(CONNECTIONS).row(network.connections());
        out.family(CONNECTIONS_ACCEPTED).row(network.accepted());
        out.family(CONNECTIONS_REFUSED).row(network.refused());
        out.family(REQUEST_MEMORY).row(loops(LoopFigures::requestMemory));
        out.family(REQUEST_MEMORY_LIMIT).row(loops(LoopFigures::requestMemoryLimit));
        out.family(FETCH_SESSIONS).row(loops(LoopFigures::fetchSessions));
        out.family(WAITING_PRODUCES)
                .row(partitions.stream().mapToLong(it -> it.traffic().waiting()).sum());
        out.family(WAITING_FETCHES).row(network.waitingFetches());
    }

    private long loops(ToLongFunction<LoopFigures> figure) {
        return node.loops().stream().mapToLong(figure).sum();
    }

    private void partitions() {
        out.family(PARTITIONS).row(partitions.size());
        partitions(START_OFFSET, it -> it.offsets().start());
        partitions(END_OFFSET, it -> it.offsets().end());
        partitions(FLUSHED_OFFSET, it -> it.offsets().flushed());
        partitions(HIGH_WATERMARK, it -> it.offsets().highWatermark());
        partitions(SIZE, PartitionFigures::sizeBytes);
    }

    private void partitions(Family family, ToLongFunction<PartitionFigures> figure) {
        out.family(family);
        for (PartitionFigures each : partitions) {
            out.row(figure.applyAsLong(each), each.topic(), Integer.toString(each.partition()));
        }
    }

    private void directories() {
        List<DirectoryFigures> all = node.directories();
        out.family(DIRECTORY_ONLINE);
        all.forEach(it -> out.row(it.isOnline() ? 1 : 0, it.path()));
        out.family(DIRECTORY_FULL);
        all.forEach(it -> out.row(it.isFull() ? 1 : 0, it.path()));
        out.family(DIRECTORY_USABLE);
        all.forEach(it -> out.row(it.usableBytes(), it.path()));
        out.family(OFFLINE_DIRECTORIES)
                .row(all.stream().filter(it -> !it.isOnline()).count());
    }

    private void groups() {
        Map<String, Long> states = new TreeMap<>();
        node.groups().forEach(group -> states.merge(group.state(), 1L, Long::sum));
        out.family(GROUPS);
        states.forEach((state, count) -> out.row(count, state));
        List<GroupFigures> sorted = node.groups().stream()
                .sorted(Comparator.comparing(GroupFigures::id))
                .toList();
        out.family(GROUP_OFFSET);
        for (GroupFigures group : sorted) {
            for (GroupFigures.Position at : group.positions()) {
                out.row(at.offset(), group.id(), at.topic(), Integer.toString(at.partition()));
            }
        }
        lags(sorted);
    }

    private void lags(List<GroupFigures> groups) {
        Map<String, Map<Integer, Long>> ends = new HashMap<>();
        for (PartitionFigures each : partitions) {
            ends.computeIfAbsent(each.topic(), _ -> new HashMap<>())
                    .put(each.partition(), each.offsets().highWatermark());
        }
        out.family(GROUP_LAG);
        for (GroupFigures group : groups) {
            for (GroupFigures.Position at : group.positions()) {
                Long end = ends.getOrDefault(at.topic(), Map.of()).get(at.partition());
                if (end != null) {
                    out.row(
                            Math.max(0, end - at.offset()),
                            group.id(),
                            at.topic(),
                            Integer.toString(at.partition()));
                }
            }
        }
    }
}
