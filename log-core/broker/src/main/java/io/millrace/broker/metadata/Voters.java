package io.millrace.broker.metadata;

import io.millrace.protocol.DataRecord;
import io.millrace.protocol.KRaftVersionRecord;
import io.millrace.protocol.LeaderChangeMessage;
import io.millrace.protocol.Uuid;
import io.millrace.protocol.VotersRecord;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who may vote, as the log and its snapshots tell it: nobody is named in a quorum whose voters
/// stand in the configuration.
///
/// @param record null for such a quorum
record Voters(@Nullable VotersRecord record) {
    static final Voters UNNAMED = new Voters(null);

    private static final short NEWEST = 1;

    static Voters of(int node, Uuid directory, String host, int port) {
        var endpoint = new VotersRecord.Endpoint("CONTROLLER", host, port);
        var levels = new VotersRecord.KRaftVersionFeature((short) 0, NEWEST);
        return new Voters(new VotersRecord(
                (short) 0,
                List.of(new VotersRecord.Voter(node, directory, List.of(endpoint), levels))));
    }

    /// What a snapshot, or a log without a snapshot, says of the voters.
    List<DataRecord> records() {
        VotersRecord voters = record;
        return voters == null
                ? List.of()
                : List.of(new KRaftVersionRecord((short) 0, NEWEST), voters);
    }

    boolean areNamed() {
        return record != null;
    }

    /// The first record of an epoch that this node leads, elected by itself alone.
    static List<DataRecord> elected(int node, List<DataRecord> more) {
        LeaderChangeMessage.Voter voter = new LeaderChangeMessage.Voter(node, Uuid.ZERO);
        List<DataRecord> records = new ArrayList<>();
        records.add(new LeaderChangeMessage((short) 0, node, List.of(voter), List.of(voter)));
        records.addAll(more);
        return records;
    }
}
