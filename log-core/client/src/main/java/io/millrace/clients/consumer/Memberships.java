package io.millrace.clients.consumer;

import io.millrace.clients.network.ClientProperties;
import io.millrace.clients.network.ClusterClient;
import io.millrace.common.Configurable;
import java.util.List;
import java.util.Objects;

/// Chooses the membership for `group.protocol`.
final class Memberships {
    private Memberships() {}

    static Membership create(
            ClusterClient client,
            ConsumerSettings settings,
            ClientProperties properties,
            Membership.Rebalance rebalance) {
        String groupId = Objects.requireNonNull(settings.groupId());
        if (settings.isConsumerProtocol()) {
            return new ServerAssignedMembership(client, settings, groupId, rebalance);
        }
        List<ConsumerPartitionAssignor> assignors = properties.plugins(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                ConsumerPartitionAssignor.class);
        if (assignors.isEmpty()) {
            assignors = List.of(new RangeAssignor(), new CooperativeStickyAssignor());
        }
        for (ConsumerPartitionAssignor each : assignors) {
            if (each instanceof Configurable configurable) {
                configurable.configure(properties.given());
            }
        }
        return new ClassicMembership(client, settings, assignors, groupId, rebalance);
    }
}
