package io.millrace.cluster;

import io.millrace.protocol.ClientQuotaRecord;
import io.millrace.protocol.ConfigRecord;
import io.millrace.protocol.FeatureLevelRecord;
import io.millrace.protocol.MetadataRecord;
import io.millrace.protocol.RegisterBrokerRecord;
import io.millrace.protocol.RegisterControllerRecord;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Everything that the metadata log says, up to some offset. Immutable; a change costs in
/// proportion to the change.
///
/// @param features levels above 0 by name, `metadata.version` among them
/// @param configs what was set for each resource
/// @param nextProducerId the first producer id that no node was given
/// @param security credentials, access rules and tokens as their records, kept though nothing here
///        acts on them yet
public record ClusterImage(
        Topics topics,
        SortedTree<Integer, RegisterBrokerRecord> brokers,
        SortedTree<Integer, RegisterControllerRecord> controllers,
        SortedTree<String, Short> features,
        SortedTree<ConfigResource, SortedTree<String, String>> configs,
        SortedTree<QuotaEntity, SortedTree<String, Double>> quotas,
        long nextProducerId,
        SortedTree<String, MetadataRecord> security) {
    public static final String METADATA_VERSION = "metadata.version";

    public static final ClusterImage EMPTY = new ClusterImage(
            Topics.NONE,
            SortedTree.empty(),
            SortedTree.empty(),
            SortedTree.empty(),
            SortedTree.empty(),
            SortedTree.empty(),
            0,
            SortedTree.empty());

    public @Nullable TopicImage topic(String name) {
        return topics.get(name);
    }

    /// Null when topic or partition does not exist.
    public @Nullable PartitionImage partition(String topic, int partition) {
        TopicImage found = topics.get(topic);
        return found == null ? null : found.partition(partition);
    }

    /// What was set for a resource, nothing of what it inherits.
    public SortedTree<String, String> config(ConfigResource resource) {
        return configs.getOrDefault(resource, SortedTree.empty());
    }

    /// 0 for a feature that is off or unknown.
    public int feature(String name) {
        return features.getOrDefault(name, (short) 0);
    }

    public RecordVersions recordVersions() {
        return new RecordVersions(feature(METADATA_VERSION));
    }

    /// The image after one more record of the log.
    public ClusterImage after(MetadataRecord record) {
        return ImageStep.after(this, record);
    }

    /// Records that make this image from the empty one, in the order in which Kafka writes them.
    public void snapshot(Consumer<MetadataRecord> out) {
        RecordVersions versions = recordVersions();
        if (features.contains(METADATA_VERSION)) {
            out.accept(new FeatureLevelRecord(METADATA_VERSION, (short) versions.level()));
        }
        for (var feature : features) {
            if (!feature.key().equals(METADATA_VERSION)) {
                out.accept(new FeatureLevelRecord(feature.key(), feature.value()));
            }
        }
        brokers.forEach(broker -> out.accept(broker.value()));
        controllers.forEach(controller -> out.accept(controller.value()));
        ImageStep.topicRecords(this, out);
        for (var config : configs) {
            for (var entry : config.value()) {
                ConfigResource resource = config.key();
                out.accept(new ConfigRecord(
                        resource.kind().wireId(), resource.name(), entry.key(), entry.value()));
            }
        }
        for (var quota : quotas) {
            for (var limit : quota.value()) {
                ClientQuotaRecord record = quota.key().toRecord(limit.key(), limit.value(), false);
                out.accept(record);
            }
        }
        ImageStep.producerIds(this, out);
        security.forEach(entry -> out.accept(entry.value()));
    }

    ClusterImage with(Topics topics) {
        return new ClusterImage(
                topics, brokers, controllers, features, configs, quotas, nextProducerId, security);
    }

    ClusterImage withBrokers(SortedTree<Integer, RegisterBrokerRecord> brokers) {
        return new ClusterImage(
                topics, brokers, controllers, features, configs, quotas, nextProducerId, security);
    }

    ClusterImage withControllers(SortedTree<Integer, RegisterControllerRecord> controllers) {
        return new ClusterImage(
                topics, brokers, controllers, features, configs, quotas, nextProducerId, security);
    }

    ClusterImage withFeatures(SortedTree<String, Short> features) {
        return new ClusterImage(
                topics, brokers, controllers, features, configs, quotas, nextProducerId, security);
    }

    ClusterImage withConfigs(SortedTree<ConfigResource, SortedTree<String, String>> configs) {
        return new ClusterImage(
                topics, brokers, controllers, features, configs, quotas, nextProducerId, security);
    }

    ClusterImage withQuotas(SortedTree<QuotaEntity, SortedTree<String, Double>> quotas) {
        return new ClusterImage(
                topics, brokers, controllers, features, configs, quotas, nextProducerId, security);
    }

    ClusterImage withNextProducerId(long nextProducerId) {
        return new ClusterImage(
                topics, brokers, controllers, features, configs, quotas, nextProducerId, security);
    }

    ClusterImage withSecurity(SortedTree<String, MetadataRecord> security) {
        return new ClusterImage(
                topics, brokers, controllers, features, configs, quotas, nextProducerId, security);
    }
}
