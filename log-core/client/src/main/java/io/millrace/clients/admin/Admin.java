package io.millrace.clients.admin;

import io.millrace.clients.consumer.OffsetAndMetadata;
import io.millrace.clients.network.ClientNetwork;
import io.millrace.common.TopicPartition;
import io.millrace.common.TopicPartitionReplica;
import io.millrace.common.config.ConfigResource;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Administration of a cluster. Every call returns at once; its result holds futures. May be used
/// by any number of threads.
public interface Admin extends AutoCloseable {
    static Admin create(Properties properties) {
        return create(AdminDriver.texts(properties));
    }

    /// Throws {@link io.millrace.common.config.ConfigException} for settings that are missing or
    /// wrong.
    static Admin create(Map<String, Object> settings) {
        return AdminDriver.create(settings, null);
    }

    /// @param network how brokers are reached; null for sockets
    static Admin create(Map<String, Object> settings, @Nullable ClientNetwork network) {
        return AdminDriver.create(settings, network);
    }

    default CreateTopicsResult createTopics(Collection<NewTopic> topics) {
        return createTopics(topics, new CreateTopicsOptions());
    }

    CreateTopicsResult createTopics(Collection<NewTopic> topics, CreateTopicsOptions options);

    DeleteTopicsResult deleteTopics(Collection<String> topics);

    default ListTopicsResult listTopics() {
        return listTopics(new ListTopicsOptions());
    }

    ListTopicsResult listTopics(ListTopicsOptions options);

    DescribeTopicsResult describeTopics(Collection<String> topics);

    default CreatePartitionsResult createPartitions(Map<String, NewPartitions> wanted) {
        return createPartitions(wanted, new CreatePartitionsOptions());
    }

    CreatePartitionsResult createPartitions(
            Map<String, NewPartitions> wanted, CreatePartitionsOptions options);

    default DescribeConfigsResult describeConfigs(Collection<ConfigResource> resources) {
        return describeConfigs(resources, new DescribeConfigsOptions());
    }

    DescribeConfigsResult describeConfigs(
            Collection<ConfigResource> resources, DescribeConfigsOptions options);

    default AlterConfigsResult incrementalAlterConfigs(
            Map<ConfigResource, Collection<AlterConfigOp>> changes) {
        return incrementalAlterConfigs(changes, new AlterConfigsOptions());
    }

    AlterConfigsResult incrementalAlterConfigs(
            Map<ConfigResource, Collection<AlterConfigOp>> changes, AlterConfigsOptions options);

    default ListConfigResourcesResult listConfigResources() {
        return listConfigResources(Set.of());
    }

    /// Of these types; of all when there are none.
    ListConfigResourcesResult listConfigResources(Set<ConfigResource.Type> types);

    default ListOffsetsResult listOffsets(Map<TopicPartition, OffsetSpec> specs) {
        return listOffsets(specs, new ListOffsetsOptions());
    }

    ListOffsetsResult listOffsets(
            Map<TopicPartition, OffsetSpec> specs, ListOffsetsOptions options);

    DeleteRecordsResult deleteRecords(Map<TopicPartition, RecordsToDelete> specs);

    DescribeProducersResult describeProducers(Collection<TopicPartition> partitions);

    default DescribeClusterResult describeCluster() {
        return describeCluster(new DescribeClusterOptions());
    }

    DescribeClusterResult describeCluster(DescribeClusterOptions options);

    DescribeMetadataQuorumResult describeMetadataQuorum();

    DescribeFeaturesResult describeFeatures();

    default UpdateFeaturesResult updateFeatures(Map<String, FeatureUpdate> updates) {
        return updateFeatures(updates, new UpdateFeaturesOptions());
    }

    UpdateFeaturesResult updateFeatures(
            Map<String, FeatureUpdate> updates, UpdateFeaturesOptions options);

    DescribeLogDirsResult describeLogDirs(Collection<Integer> brokers);

    AlterReplicaLogDirsResult alterReplicaLogDirs(Map<TopicPartitionReplica, String> targets);

    default ListGroupsResult listGroups() {
        return listGroups(new ListGroupsOptions());
    }

    ListGroupsResult listGroups(ListGroupsOptions options);

    DescribeConsumerGroupsResult describeConsumerGroups(Collection<String> groups);

    DeleteConsumerGroupsResult deleteConsumerGroups(Collection<String> groups);

    RemoveMembersFromConsumerGroupResult removeMembersFromConsumerGroup(
            String group, RemoveMembersFromConsumerGroupOptions options);

    default ListConsumerGroupOffsetsResult listConsumerGroupOffsets(String group) {
        return listConsumerGroupOffsets(List.of(group));
    }

    ListConsumerGroupOffsetsResult listConsumerGroupOffsets(Collection<String> groups);

    AlterConsumerGroupOffsetsResult alterConsumerGroupOffsets(
            String group, Map<TopicPartition, OffsetAndMetadata> offsets);

    DeleteConsumerGroupOffsetsResult deleteConsumerGroupOffsets(
            String group, Set<TopicPartition> partitions);

    @Override
    default void close() {
        close(Duration.ofMillis(Long.MAX_VALUE));
    }

    /// Ends the client; what waits for an answer fails.
    void close(Duration timeout);
}
