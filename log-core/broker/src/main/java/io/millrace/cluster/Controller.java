package io.millrace.cluster;

import io.millrace.machine.Decision;
import io.millrace.machine.LogBacked;
import io.millrace.machine.Moment;
import io.millrace.protocol.AbortTransactionRecord;
import io.millrace.protocol.BeginTransactionRecord;
import io.millrace.protocol.Check;
import io.millrace.protocol.EndTransactionRecord;
import io.millrace.protocol.MetadataRecord;
import io.millrace.protocol.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Decides every change of the cluster's metadata. Its state is one image; each kind of command is
/// judged by a class of its own, which looks at the image and answers with records.
///
/// Owner thread: the loop of its host.
public final class Controller implements LogBacked<ControllerCommand, MetadataRecord, Response> {
    private final Limits limits;
    private final Configurations configurations;
    private ClusterImage image;
    private @Nullable ClusterImage beforeTransaction;

    /// The node's settings that decisions depend on.
    ///
    /// @param numPartitions of a topic whose creator leaves it open
    /// @param replicationFactor of a topic whose creator leaves it open
    public record Limits(int numPartitions, short replicationFactor, boolean canDeleteTopics) {}

    public Controller(Limits limits, Configurations configurations) {
        this.limits = limits;
        this.configurations = configurations;
        this.image = ClusterImage.EMPTY;
    }

    /// Everything that was applied, committed or not.
    public ClusterImage image() {
        return image;
    }

    @Override
    public Decision<ControllerCommand, MetadataRecord, Response> decide(
            ControllerCommand command, Moment moment) {
        Outcome outcome = judge(command, moment);
        return Decision.of(outcome.reply(), outcome.records());
    }

    private Outcome judge(ControllerCommand command, Moment moment) {
        return switch (command) {
            case ControllerCommand.CreateTopics it ->
                new TopicCreation(image, configurations, limits, moment.random())
                        .decide(it.request());
            case ControllerCommand.DeleteTopics it ->
                new TopicDeletion(image, limits.canDeleteTopics())
                        .decide(it.request(), it.version());
            case ControllerCommand.CreatePartitions it ->
                new PartitionCreation(image, moment.random()).decide(it.request());
            case ControllerCommand.AlterConfigs it ->
                new ConfigChanges(image, configurations).replace(it.request());
            case ControllerCommand.IncrementalAlterConfigs it ->
                new ConfigChanges(image, configurations).change(it.request());
            case ControllerCommand.UpdateFeatures it ->
                new FeatureChanges(image).decide(it.request(), it.version());
            case ControllerCommand.AlterClientQuotas it ->
                new QuotaChanges(image).decide(it.request());
            case ControllerCommand.ElectLeaders it ->
                new Elections(image).decide(it.request(), it.version());
            case ControllerCommand.AlterPartitionReassignments it ->
                new Reassignments(image).decide(it.request());
            case ControllerCommand.UnregisterBroker it -> new Nodes(image).unregister(it.request());
            case ControllerCommand.AllocateProducerIds it ->
                new Nodes(image).allocateProducerIds(it.request());
            case ControllerCommand.AssignReplicasToDirs it -> new Nodes(image).assign(it.request());
            case ControllerCommand.RegisterBroker it -> register(it);
            case ControllerCommand.FenceBroker it -> new Nodes(image).fence(it.node());
        };
    }

    /// Also ends what another controller left half done.
    private Outcome register(ControllerCommand.RegisterBroker command) {
        if (beforeTransaction == null) {
            return new Nodes(image).register(command);
        }
        Outcome outcome = new Nodes(beforeTransaction).register(command);
        List<MetadataRecord> records = new ArrayList<>();
        records.add(new AbortTransactionRecord("the controller was replaced"));
        records.addAll(outcome.records());
        return new Outcome(outcome.reply(), records);
    }

    @Override
    public void apply(MetadataRecord record) {
        switch (record) {
            case BeginTransactionRecord _ -> {
                Check.that(
                        beforeTransaction == null, "a metadata transaction began within another");
                beforeTransaction = image;
            }
            case EndTransactionRecord _ -> beforeTransaction = null;
            case AbortTransactionRecord _ -> {
                if (beforeTransaction != null) {
                    image = beforeTransaction;
                    beforeTransaction = null;
                }
            }
            default -> image = image.after(record);
        }
    }

    @Override
    public void snapshot(Consumer<MetadataRecord> out) {
        image.snapshot(out);
    }
}
