package io.millrace.clients.admin;

import io.millrace.clients.consumer.OffsetAndMetadata;
import io.millrace.clients.network.ClientNetwork;
import io.millrace.clients.network.ClusterClient;
import io.millrace.clients.network.ConnectionSettings;
import io.millrace.clients.network.SocketNetwork;
import io.millrace.clients.network.UnusedSettings;
import io.millrace.common.TopicPartition;
import io.millrace.common.TopicPartitionReplica;
import io.millrace.common.config.ConfigException;
import io.millrace.common.config.ConfigResource;
import io.millrace.config.Settings;
import io.millrace.protocol.BadSetting;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The administration client: hands each call to the class that knows its APIs.
final class AdminDriver implements Admin {
    private final ClientNetwork network;
    private final ClusterClient client;
    private final TopicCalls topics;
    private final ConfigCalls configs;
    private final RecordCalls records;
    private final GroupCalls groups;
    private final OffsetCalls offsets;
    private final ClusterCalls cluster;

    private AdminDriver(ClientNetwork network, ConnectionSettings connection, AdminSettings own) {
        this.network = network;
        this.client = new ClusterClient(network, connection);
        var calls = new Calls(client, own.defaultApiTimeoutMs());
        topics = new TopicCalls(calls);
        configs = new ConfigCalls(calls);
        records = new RecordCalls(calls);
        groups = new GroupCalls(calls);
        offsets = new OffsetCalls(calls);
        cluster = new ClusterCalls(calls);
    }

    static Admin create(Map<String, Object> settings, @Nullable ClientNetwork network) {
        var texts = new LinkedHashMap<String, String>();
        settings.forEach((key, value) -> texts.put(key, String.valueOf(value)));
        try {
            UnusedSettings.check(texts);
            ConnectionSettings connection = Settings.read(ConnectionSettings.class, texts);
            AdminSettings own = Settings.read(AdminSettings.class, texts);
            return new AdminDriver(
                    network == null
                            ? new SocketNetwork(connection.connectionsMaxIdleMs())
                            : network,
                    connection,
                    own);
        } catch (BadSetting bad) {
            throw new ConfigException(String.valueOf(bad.getMessage()));
        }
    }

    static Map<String, Object> texts(Properties properties) {
        var settings = new LinkedHashMap<String, Object>();
        properties
                .stringPropertyNames()
                .forEach(key -> settings.put(key, properties.getProperty(key)));
        return settings;
    }

    @Override
    public CreateTopicsResult createTopics(
            Collection<NewTopic> wanted, CreateTopicsOptions options) {
        return topics.create(wanted, options);
    }

    @Override
    public DeleteTopicsResult deleteTopics(Collection<String> names) {
        return topics.delete(names);
    }

    @Override
    public ListTopicsResult listTopics(ListTopicsOptions options) {
        return topics.list(options);
    }

    @Override
    public DescribeTopicsResult describeTopics(Collection<String> names) {
        return topics.describe(names);
    }

    @Override
    public CreatePartitionsResult createPartitions(
            Map<String, NewPartitions> wanted, CreatePartitionsOptions options) {
        return topics.grow(wanted, options);
    }

    @Override
    public DescribeConfigsResult describeConfigs(
            Collection<ConfigResource> resources, DescribeConfigsOptions options) {
        return configs.describe(resources, options);
    }

    @Override
    public AlterConfigsResult incrementalAlterConfigs(
            Map<ConfigResource, Collection<AlterConfigOp>> changes, AlterConfigsOptions options) {
        return configs.alter(changes, options);
    }

    @Override
    public ListConfigResourcesResult listConfigResources(Set<ConfigResource.Type> types) {
        return configs.list(types);
    }

    @Override
    public ListOffsetsResult listOffsets(
            Map<TopicPartition, OffsetSpec> specs, ListOffsetsOptions options) {
        return records.offsets(specs, options);
    }

    @Override
    public DeleteRecordsResult deleteRecords(Map<TopicPartition, RecordsToDelete> specs) {
        return records.delete(specs);
    }

    @Override
    public DescribeProducersResult describeProducers(Collection<TopicPartition> partitions) {
        return records.producers(partitions);
    }

    @Override
    public DescribeClusterResult describeCluster(DescribeClusterOptions options) {
        return cluster.describe(options);
    }

    @Override
    public DescribeMetadataQuorumResult describeMetadataQuorum() {
        return cluster.quorum();
    }

    @Override
    public DescribeFeaturesResult describeFeatures() {
        return cluster.features();
    }

    @Override
    public UpdateFeaturesResult updateFeatures(
            Map<String, FeatureUpdate> updates, UpdateFeaturesOptions options) {
        return cluster.update(updates, options);
    }

    @Override
    public DescribeLogDirsResult describeLogDirs(Collection<Integer> brokers) {
        return cluster.logDirs(brokers);
    }

    @Override
    public AlterReplicaLogDirsResult alterReplicaLogDirs(
            Map<TopicPartitionReplica, String> targets) {
        return cluster.move(targets);
    }

    @Override
    public ListGroupsResult listGroups(ListGroupsOptions options) {
        return groups.list(options);
    }

    @Override
    public DescribeConsumerGroupsResult describeConsumerGroups(Collection<String> ids) {
        return groups.describe(ids);
    }

    @Override
    public DeleteConsumerGroupsResult deleteConsumerGroups(Collection<String> ids) {
        return groups.delete(ids);
    }

    @Override
    public RemoveMembersFromConsumerGroupResult removeMembersFromConsumerGroup(
            String group, RemoveMembersFromConsumerGroupOptions options) {
        return groups.remove(group, options);
    }

    @Override
    public ListConsumerGroupOffsetsResult listConsumerGroupOffsets(Collection<String> ids) {
        return offsets.list(ids);
    }

    @Override
    public AlterConsumerGroupOffsetsResult alterConsumerGroupOffsets(
            String group, Map<TopicPartition, OffsetAndMetadata> wanted) {
        return offsets.set(group, wanted);
    }

    @Override
    public DeleteConsumerGroupOffsetsResult deleteConsumerGroupOffsets(
            String group, Set<TopicPartition> partitions) {
        return offsets.delete(group, partitions);
    }

    @Override
    public void close(Duration timeout) {
        client.loop().execute(() -> {
            client.close();
            network.close();
        });
    }
}
