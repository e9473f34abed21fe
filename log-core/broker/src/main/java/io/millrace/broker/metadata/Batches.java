package io.millrace.broker.metadata;

import io.millrace.protocol.DataRecord;
import io.millrace.protocol.KRaftVersionRecord;
import io.millrace.protocol.LeaderChangeMessage;
import io.millrace.protocol.SnapshotFooterRecord;
import io.millrace.protocol.SnapshotHeaderRecord;
import io.millrace.protocol.VotersRecord;
import io.millrace.protocol.WireWriter;
import io.millrace.record.BatchBuilder;
import java.nio.ByteBuffer;
import java.util.List;

/// Builds the batches of the metadata log and its snapshots.
final class Batches {
    static final int LEADER_CHANGE = 2;
    static final int SNAPSHOT_HEADER = 3;
    static final int SNAPSHOT_FOOTER = 4;
    static final int KRAFT_VERSION = 5;
    static final int VOTERS = 6;

    private static final int KEY_BYTES = 4;

    private final BatchBuilder builder = new BatchBuilder();
    private final int leaderEpoch;

    Batches(int leaderEpoch) {
        this.leaderEpoch = leaderEpoch;
    }

    /// One batch of what the quorum itself writes, in memory of its own.
    ByteBuffer control(long baseOffset, long nowMs, List<? extends DataRecord> records) {
        builder.begin(baseOffset);
        builder.leaderEpoch(leaderEpoch);
        builder.control();
        long offset = baseOffset;
        for (DataRecord record : records) {
            WireWriter value = new WireWriter();
            record.write(value, 0);
            builder.append(offset++, nowMs, key(record), value.toBuffer(), List.of());
        }
        return copy(builder.finish());
    }

    /// One batch of metadata records, framed already, in memory of its own.
    ByteBuffer data(long baseOffset, long timestampMs, List<ByteBuffer> values) {
        builder.begin(baseOffset);
        builder.leaderEpoch(leaderEpoch);
        long offset = baseOffset;
        for (ByteBuffer value : values) {
            builder.append(offset++, timestampMs, null, value, List.of());
        }
        return copy(builder.finish());
    }

    private static ByteBuffer key(DataRecord record) {
        int type = switch (record) {
            case LeaderChangeMessage _ -> LEADER_CHANGE;
            case SnapshotHeaderRecord _ -> SNAPSHOT_HEADER;
            case SnapshotFooterRecord _ -> SNAPSHOT_FOOTER;
            case KRaftVersionRecord _ -> KRAFT_VERSION;
            case VotersRecord _ -> VOTERS;
            default -> throw new IllegalArgumentException("no control record: " + record);
        };
        return ByteBuffer.allocate(KEY_BYTES)
                .putShort((short) 0)
                .putShort((short) type)
                .flip();
    }

    private static ByteBuffer copy(ByteBuffer built) {
        return ByteBuffer.allocate(built.remaining()).put(built).flip();
    }
}
