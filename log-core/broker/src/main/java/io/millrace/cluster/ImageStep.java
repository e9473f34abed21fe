package io.millrace.cluster;

import io.millrace.protocol.AbortTransactionRecord;
import io.millrace.protocol.AccessControlEntryRecord;
import io.millrace.protocol.BeginTransactionRecord;
import io.millrace.protocol.BrokerRegistrationChangeRecord;
import io.millrace.protocol.Check;
import io.millrace.protocol.ClearElrRecord;
import io.millrace.protocol.ClientQuotaRecord;
import io.millrace.protocol.ConfigRecord;
import io.millrace.protocol.DelegationTokenRecord;
import io.millrace.protocol.EndTransactionRecord;
import io.millrace.protocol.FeatureLevelRecord;
import io.millrace.protocol.FenceBrokerRecord;
import io.millrace.protocol.MetadataRecord;
import io.millrace.protocol.NoOpRecord;
import io.millrace.protocol.PartitionChangeRecord;
import io.millrace.protocol.PartitionRecord;
import io.millrace.protocol.ProducerIdsRecord;
import io.millrace.protocol.RegisterBrokerRecord;
import io.millrace.protocol.RegisterControllerRecord;
import io.millrace.protocol.RemoveAccessControlEntryRecord;
import io.millrace.protocol.RemoveDelegationTokenRecord;
import io.millrace.protocol.RemoveTopicRecord;
import io.millrace.protocol.RemoveUserScramCredentialRecord;
import io.millrace.protocol.TopicRecord;
import io.millrace.protocol.UnfenceBrokerRecord;
import io.millrace.protocol.UnregisterBrokerRecord;
import io.millrace.protocol.UserScramCredentialRecord;
import io.millrace.protocol.ZkMigrationStateRecord;
import java.util.function.Consumer;

/// What each record of the metadata log does to an image.
final class ImageStep {
    private static final int UNFENCED = -1;
    private static final int FENCED = 1;

    private ImageStep() {}

    static ClusterImage after(ClusterImage image, MetadataRecord record) {
        return switch (record) {
            case TopicRecord it -> image.with(image.topics().added(it.name(), it.topicId()));
            case PartitionRecord it -> image.with(image.topics().with(it));
            case PartitionChangeRecord it -> image.with(image.topics().changed(it));
            case RemoveTopicRecord it -> topicRemoved(image, it);
            case ClearElrRecord it -> image.with(image.topics().withoutElr(it.topicName()));
            case ConfigRecord it -> configured(image, it);
            case ClientQuotaRecord it -> limited(image, it);
            case FeatureLevelRecord it -> levelled(image, it);
            case ProducerIdsRecord it -> image.withNextProducerId(it.nextProducerId());
            case RegisterBrokerRecord it ->
                image.withBrokers(image.brokers().with(it.brokerId(), it));
            case UnregisterBrokerRecord it ->
                image.withBrokers(image.brokers().without(it.brokerId()));
            case FenceBrokerRecord it -> fenced(image, it.id(), true);
            case UnfenceBrokerRecord it -> fenced(image, it.id(), false);
            case BrokerRegistrationChangeRecord it -> registrationChanged(image, it);
            case RegisterControllerRecord it ->
                image.withControllers(image.controllers().with(it.controllerId(), it));
            case AccessControlEntryRecord it -> secured(image, "acl " + it.id(), it);
            case RemoveAccessControlEntryRecord it -> unsecured(image, "acl " + it.id());
            case UserScramCredentialRecord it ->
                secured(image, "scram " + it.mechanism() + " " + it.name(), it);
            case RemoveUserScramCredentialRecord it ->
                unsecured(image, "scram " + it.mechanism() + " " + it.name());
            case DelegationTokenRecord it -> secured(image, "token " + it.tokenId(), it);
            case RemoveDelegationTokenRecord it -> unsecured(image, "token " + it.tokenId());
            // What a transaction holds back is the business of whoever reads the log.
            case BeginTransactionRecord _,
                    EndTransactionRecord _,
                    AbortTransactionRecord _,
                    NoOpRecord _,
                    ZkMigrationStateRecord _ -> image;
        };
    }

    private static ClusterImage topicRemoved(ClusterImage image, RemoveTopicRecord record) {
        TopicImage topic = image.topics().get(record.topicId());
        if (topic == null) {
            throw Check.failed("a topic is removed that does not exist: " + record.topicId());
        }
        return image.with(image.topics().removed(record.topicId()))
                .withConfigs(image.configs().without(ConfigResource.topic(topic.name())));
    }

    private static ClusterImage configured(ClusterImage image, ConfigRecord record) {
        ConfigResource.Kind kind = ConfigResource.Kind.of(record.resourceType());
        ConfigResource resource = new ConfigResource(kind, record.resourceName());
        SortedTree<String, String> before = image.config(resource);
        SortedTree<String, String> values = record.value() == null
                ? before.without(record.name())
                : before.with(record.name(), record.value());
        return image.withConfigs(
                values.isEmpty()
                        ? image.configs().without(resource)
                        : image.configs().with(resource, values));
    }

    private static ClusterImage limited(ClusterImage image, ClientQuotaRecord record) {
        QuotaEntity entity = QuotaEntity.of(record);
        SortedTree<String, Double> before = image.quotas().getOrDefault(entity, SortedTree.empty());
        SortedTree<String, Double> limits = record.remove()
                ? before.without(record.key())
                : before.with(record.key(), record.value());
        return image.withQuotas(
                limits.isEmpty()
                        ? image.quotas().without(entity)
                        : image.quotas().with(entity, limits));
    }

    private static ClusterImage levelled(ClusterImage image, FeatureLevelRecord record) {
        return image.withFeatures(
                record.featureLevel() == 0
                        ? image.features().without(record.name())
                        : image.features().with(record.name(), record.featureLevel()));
    }

    private static ClusterImage fenced(ClusterImage image, int broker, boolean fenced) {
        return image.withBrokers(
                image.brokers().with(broker, registered(image, broker).withFenced(fenced)));
    }

    private static ClusterImage registrationChanged(
            ClusterImage image, BrokerRegistrationChangeRecord change) {
        RegisterBrokerRecord broker = registered(image, change.brokerId());
        if (change.fenced() == FENCED || change.fenced() == UNFENCED) {
            broker = broker.withFenced(change.fenced() == FENCED);
        }
        if (change.inControlledShutdown() == 1) {
            broker = broker.withInControlledShutdown(true);
        }
        if (!change.logDirs().isEmpty()) {
            broker = broker.withLogDirs(change.logDirs());
        }
        if (change.cordonedLogDirs() != null) {
            broker = broker.withCordonedLogDirs(change.cordonedLogDirs());
        }
        return image.withBrokers(image.brokers().with(broker.brokerId(), broker));
    }

    private static RegisterBrokerRecord registered(ClusterImage image, int broker) {
        RegisterBrokerRecord found = image.brokers().get(broker);
        if (found == null) {
            throw Check.failed(
                    "the metadata log speaks of a node that did not register: " + broker);
        }
        return found;
    }

    private static ClusterImage secured(ClusterImage image, String key, MetadataRecord record) {
        return image.withSecurity(image.security().with(key, record));
    }

    private static ClusterImage unsecured(ClusterImage image, String key) {
        return image.withSecurity(image.security().without(key));
    }

    static void topicRecords(ClusterImage image, Consumer<MetadataRecord> out) {
        RecordVersions versions = image.recordVersions();
        for (SortedTree.Entry<String, TopicImage> topic : image.topics().byName()) {
            out.accept(new TopicRecord(topic.key(), topic.value().id()));
            for (var partition : topic.value().partitions()) {
                out.accept(partition.value().toRecord(versions));
            }
        }
    }

    static void producerIds(ClusterImage image, Consumer<MetadataRecord> out) {
        if (image.nextProducerId() > 0) {
            out.accept(new ProducerIdsRecord(-1, -1, image.nextProducerId()));
        }
    }
}
