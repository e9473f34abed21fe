package io.millrace.clients.admin;

import io.millrace.common.KafkaFuture;
import io.millrace.common.Node;
import io.millrace.common.TopicPartition;
import io.millrace.common.TopicPartitionReplica;
import io.millrace.common.Uuid;
import io.millrace.common.errors.Failures;
import io.millrace.protocol.AlterReplicaLogDirsRequest;
import io.millrace.protocol.AlterReplicaLogDirsResponse;
import io.millrace.protocol.ApiVersionsRequest;
import io.millrace.protocol.ApiVersionsResponse;
import io.millrace.protocol.DescribeClusterRequest;
import io.millrace.protocol.DescribeClusterResponse;
import io.millrace.protocol.DescribeLogDirsRequest;
import io.millrace.protocol.DescribeLogDirsResponse;
import io.millrace.protocol.DescribeQuorumRequest;
import io.millrace.protocol.DescribeQuorumResponse;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.UpdateFeaturesRequest;
import io.millrace.protocol.UpdateFeaturesResponse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// The cluster itself: nodes, quorum, features, log directories.
final class ClusterCalls {
    private static final String METADATA_TOPIC = "__cluster_metadata";
    private final Calls calls;

    ClusterCalls(Calls calls) {
        this.calls = calls;
    }

    DescribeClusterResult describe(DescribeClusterOptions options) {
        KafkaFuture<DescribeClusterResponse> asked = calls.any(
                DescribeClusterRequest.DEFAULT.withIncludeFencedBrokers(
                        options.includeFencedBrokers()),
                response -> {
                    var cluster = (DescribeClusterResponse) response;
                    Calls.check(cluster.errorCode(), cluster.errorMessage());
                    return cluster;
                });
        return new DescribeClusterResult(
                asked.thenApply(ClusterCalls::nodes),
                asked.thenApply(cluster -> nodes(cluster).stream()
                        .filter(node -> node.id() == cluster.controllerId())
                        .findFirst()
                        .orElse(Node.noNode())),
                asked.thenApply(DescribeClusterResponse::clusterId));
    }

    private static Collection<Node> nodes(DescribeClusterResponse cluster) {
        return cluster.brokers().stream()
                .map(b -> new Node(b.brokerId(), b.host(), b.port(), b.rack()))
                .toList();
    }

    DescribeMetadataQuorumResult quorum() {
        var request = new DescribeQuorumRequest(List.of(new DescribeQuorumRequest.TopicData(
                METADATA_TOPIC, List.of(new DescribeQuorumRequest.PartitionData(0)))));
        return new DescribeMetadataQuorumResult(calls.controller(request, response -> {
            var quorum = (DescribeQuorumResponse) response;
            Calls.check(quorum.errorCode(), quorum.errorMessage());
            var partition = quorum.topics().getFirst().partitions().getFirst();
            Calls.check(partition.errorCode(), partition.errorMessage());
            var nodes = new HashMap<Integer, QuorumInfo.Node>();
            quorum.nodes()
                    .forEach(n -> nodes.put(
                            n.nodeId(),
                            new QuorumInfo.Node(
                                    n.nodeId(),
                                    n.listeners().stream()
                                            .map(l -> new QuorumInfo.Endpoint(
                                                    l.name(), l.host(), l.port()))
                                            .toList())));
            return new QuorumInfo(
                    partition.leaderId(),
                    partition.leaderEpoch(),
                    partition.highWatermark(),
                    partition.currentVoters().stream()
                            .map(ClusterCalls::replica)
                            .toList(),
                    partition.observers().stream().map(ClusterCalls::replica).toList(),
                    nodes);
        }));
    }

    private static QuorumInfo.ReplicaState replica(DescribeQuorumResponse.ReplicaState state) {
        return new QuorumInfo.ReplicaState(
                state.replicaId(),
                Uuid.of(state.replicaDirectoryId()),
                state.logEndOffset(),
                known(state.lastFetchTimestamp()),
                known(state.lastCaughtUpTimestamp()));
    }

    private static OptionalLong known(long value) {
        return value < 0 ? OptionalLong.empty() : OptionalLong.of(value);
    }

    DescribeFeaturesResult features() {
        return new DescribeFeaturesResult(calls.any(
                new ApiVersionsRequest("millrace", "1"), response -> {
                    var versions = (ApiVersionsResponse) response;
                    Calls.check(versions.errorCode(), null);
                    var finalized = new HashMap<String, FeatureMetadata.FinalizedVersionRange>();
                    versions.finalizedFeatures()
                            .forEach(f -> finalized.put(
                                    f.name(),
                                    new FeatureMetadata.FinalizedVersionRange(
                                            f.minVersionLevel(), f.maxVersionLevel())));
                    var supported = new HashMap<String, FeatureMetadata.SupportedVersionRange>();
                    versions.supportedFeatures()
                            .forEach(f -> supported.put(
                                    f.name(),
                                    new FeatureMetadata.SupportedVersionRange(
                                            f.minVersion(), f.maxVersion())));
                    return new FeatureMetadata(
                            finalized,
                            versions.finalizedFeaturesEpoch() < 0
                                    ? Optional.empty()
                                    : Optional.of(versions.finalizedFeaturesEpoch()),
                            supported);
                }));
    }

    UpdateFeaturesResult update(Map<String, FeatureUpdate> updates, UpdateFeaturesOptions options) {
        var wanted = new LinkedHashMap<>(updates);
        return new UpdateFeaturesResult(calls.batch(wanted.keySet(), open -> {
            var keys = new ArrayList<UpdateFeaturesRequest.FeatureUpdateKey>();
            wanted.forEach((name, update) -> {
                if (open.contains(name)) {
                    keys.add(new UpdateFeaturesRequest.FeatureUpdateKey(
                            name, update.maxVersionLevel(), false, (byte)
                                    update.upgradeType().ordinal()));
                }
            });
            return calls.client()
                    .sendToController(new UpdateFeaturesRequest(
                            calls.timeoutMs(), keys, options.validateOnly()))
                    .thenApply(response -> {
                        var result = (UpdateFeaturesResponse) response;
                        var answers = new HashMap<String, Answer<Void>>();
                        open.forEach(name -> answers.put(
                                name, Calls.done(result.errorCode(), result.errorMessage())));
                        result.results()
                                .forEach(r -> answers.put(
                                        r.feature(), Calls.done(r.errorCode(), r.errorMessage())));
                        return answers;
                    });
        }));
    }

    DescribeLogDirsResult logDirs(Collection<Integer> brokers) {
        var futures = new LinkedHashMap<Integer, KafkaFuture<Map<String, LogDirDescription>>>();
        brokers.forEach(broker -> futures.put(
                broker,
                calls.one(
                        () -> calls.client()
                                .send(broker, DescribeLogDirsRequest.DEFAULT.withTopics(null)),
                        response -> described((DescribeLogDirsResponse) response))));
        return new DescribeLogDirsResult(futures);
    }

    private static Map<String, LogDirDescription> described(DescribeLogDirsResponse response) {
        Calls.check(response.errorCode(), null);
        var directories = new LinkedHashMap<String, LogDirDescription>();
        for (var directory : response.results()) {
            var replicas = new LinkedHashMap<TopicPartition, ReplicaInfo>();
            for (var topic : directory.topics()) {
                topic.partitions()
                        .forEach(p -> replicas.put(
                                new TopicPartition(topic.name(), p.partitionIndex()),
                                new ReplicaInfo(
                                        p.partitionSize(), p.offsetLag(), p.isFutureKey())));
            }
            directories.put(
                    directory.logDir(),
                    new LogDirDescription(
                            directory.errorCode() == ErrorCode.NONE
                                    ? null
                                    : Failures.of(directory.errorCode()),
                            replicas,
                            known(directory.totalBytes()),
                            known(directory.usableBytes())));
        }
        return directories;
    }

    AlterReplicaLogDirsResult move(Map<TopicPartitionReplica, String> targets) {
        var wanted = new LinkedHashMap<>(targets);
        var futures = new LinkedHashMap<TopicPartitionReplica, KafkaFuture<Void>>();
        wanted.forEach((replica, path) -> futures.put(
                replica,
                calls.one(
                        () -> calls.client().send(replica.brokerId(), moveOf(replica, path)),
                        response -> {
                            var topic = ((AlterReplicaLogDirsResponse) response)
                                    .results()
                                    .getFirst();
                            Calls.check(topic.partitions().getFirst().errorCode(), null);
                            return moved();
                        })));
        return new AlterReplicaLogDirsResult(futures);
    }

    @SuppressWarnings("NullAway") // the value of a Void
    private static Void moved() {
        return null;
    }

    private static AlterReplicaLogDirsRequest moveOf(TopicPartitionReplica replica, String path) {
        return new AlterReplicaLogDirsRequest(List.of(
                new AlterReplicaLogDirsRequest.AlterReplicaLogDir(
                        path,
                        List.of(new AlterReplicaLogDirsRequest.AlterReplicaLogDirTopic(
                                replica.topic(), List.of(replica.partition()))))));
    }
}
