package io.millrace.cluster;

import io.millrace.protocol.AllocateProducerIdsRequest;
import io.millrace.protocol.AlterClientQuotasRequest;
import io.millrace.protocol.AlterConfigsRequest;
import io.millrace.protocol.AlterPartitionReassignmentsRequest;
import io.millrace.protocol.AssignReplicasToDirsRequest;
import io.millrace.protocol.BrokerRegistrationRequest;
import io.millrace.protocol.CreatePartitionsRequest;
import io.millrace.protocol.CreateTopicsRequest;
import io.millrace.protocol.DeleteTopicsRequest;
import io.millrace.protocol.ElectLeadersRequest;
import io.millrace.protocol.IncrementalAlterConfigsRequest;
import io.millrace.protocol.UnregisterBrokerRequest;
import io.millrace.protocol.UpdateFeaturesRequest;

/// What the controller is asked for: the requests that Kafka's brokers forward to it or send it
/// themselves, so that another node can ask the same way.
public sealed interface ControllerCommand {
    record CreateTopics(CreateTopicsRequest request) implements ControllerCommand {}

    /// @param version decides whether topics are named or told by id, and the error when deletion
    /// is off
    record DeleteTopics(DeleteTopicsRequest request, int version) implements ControllerCommand {}

    record CreatePartitions(CreatePartitionsRequest request) implements ControllerCommand {}

    record AlterConfigs(AlterConfigsRequest request) implements ControllerCommand {}

    record IncrementalAlterConfigs(IncrementalAlterConfigsRequest request)
            implements ControllerCommand {}

    record UpdateFeatures(UpdateFeaturesRequest request, int version)
            implements ControllerCommand {}

    record AlterClientQuotas(AlterClientQuotasRequest request) implements ControllerCommand {}

    record ElectLeaders(ElectLeadersRequest request, int version) implements ControllerCommand {}

    record AlterPartitionReassignments(AlterPartitionReassignmentsRequest request)
            implements ControllerCommand {}

    record UnregisterBroker(UnregisterBrokerRequest request) implements ControllerCommand {}

    record AllocateProducerIds(AllocateProducerIdsRequest request) implements ControllerCommand {}

    record AssignReplicasToDirs(AssignReplicasToDirsRequest request) implements ControllerCommand {}

    /// A node is back. On one node nothing else can vouch for it, so it is ready at once and leads
    /// again what it led.
    ///
    /// @param epoch must be greater than any epoch before: the end of the metadata log @param clean
    ///        whether the node stopped cleanly; otherwise what it leads gets new epochs, so that a
    ///        reader notices a tail that was lost
    record RegisterBroker(BrokerRegistrationRequest request, long epoch, boolean clean)
            implements ControllerCommand {}

    /// A node stops: others may take its place at once.
    record FenceBroker(int node) implements ControllerCommand {}
}
