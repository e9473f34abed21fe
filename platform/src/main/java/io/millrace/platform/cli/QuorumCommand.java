package io.millrace.platform.cli;

import io.millrace.clients.admin.Admin;
import io.millrace.clients.admin.QuorumInfo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `millrace quorum`.
@Command(name = "quorum", description = "Show who agrees on the metadata.")
final class QuorumCommand {
    @Command(name = "describe", description = "Show leader, voters and observers.")
    int describe(@Mixin ClusterOptions cluster) {
        try (Admin admin = cluster.admin()) {
            QuorumInfo quorum =
                    ClusterOptions.await(admin.describeMetadataQuorum().quorumInfo());
            Table table = cluster.table("node", "role", "log end", "lag");
            quorum.voters().forEach(voter -> row(table, quorum, voter, "voter"));
            quorum.observers().forEach(observer -> row(table, quorum, observer, "observer"));
            table.print();
            return 0;
        }
    }

    private static void row(
            Table table, QuorumInfo quorum, QuorumInfo.ReplicaState replica, String role) {
        long leaderEnd = quorum.voters().stream()
                .filter(v -> v.replicaId() == quorum.leaderId())
                .mapToLong(QuorumInfo.ReplicaState::logEndOffset)
                .findFirst()
                .orElse(replica.logEndOffset());
        table.row(
                replica.replicaId(),
                replica.replicaId() == quorum.leaderId() ? "leader" : role,
                replica.logEndOffset(),
                leaderEnd - replica.logEndOffset());
    }
}
