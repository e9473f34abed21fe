package io.millrace.record;

import io.millrace.protocol.ControlRecordTypeSchema;
import io.millrace.protocol.DataRecord;
import io.millrace.protocol.EndTxnMarker;
import io.millrace.protocol.KRaftVersionRecord;
import io.millrace.protocol.LeaderChangeMessage;
import io.millrace.protocol.MalformedFrame;
import io.millrace.protocol.SnapshotFooterRecord;
import io.millrace.protocol.SnapshotHeaderRecord;
import io.millrace.protocol.VotersRecord;
import io.millrace.protocol.WireReader;
import io.millrace.protocol.WireWriter;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// The one record of a control batch: what the log says about itself, which consumers never see.
public sealed interface ControlMarker {
    /// The end of a producer's transaction in this partition.
    record EndTransaction(boolean isCommit, int coordinatorEpoch) implements ControlMarker {}

    /// A new leader of a quorum. Kafka 4.3 writes and reads version 0 alone.
    record LeaderChange(LeaderChangeMessage message) implements ControlMarker {}

    /// The begin of a snapshot.
    record SnapshotHeader(SnapshotHeaderRecord message) implements ControlMarker {}

    /// The end of a snapshot, without which it is not whole.
    record SnapshotFooter(SnapshotFooterRecord message) implements ControlMarker {}

    record KRaftVersion(KRaftVersionRecord message) implements ControlMarker {}

    /// Who votes in the quorum.
    record Voters(VotersRecord message) implements ControlMarker {}

    /// From a later release: it is skipped.
    record Unknown(int type) implements ControlMarker {}

    /// Reads the marker; throws `MalformedFrame` when it is none.
    static ControlMarker read(@Nullable ByteBuffer key, @Nullable ByteBuffer value) {
        if (key == null || value == null || key.remaining() < 4) {
            throw new MalformedFrame("a control record without key or value");
        }
        // Later versions only add to the key: the type stays where it is.
        int type = key.getShort(key.position() + 2);
        if (key.getShort(key.position()) < 0 || value.remaining() < 2) {
            throw new MalformedFrame("a control record of a negative version, or too short");
        }
        short version = value.getShort(value.position());
        WireReader in = new WireReader(value);
        return switch (type) {
            case 0, 1 -> endTransaction(in, type == 1);
            case 2 -> new LeaderChange(LeaderChangeMessage.read(in, known(version, 1)));
            case 3 -> new SnapshotHeader(SnapshotHeaderRecord.read(in, known(version, 0)));
            case 4 -> new SnapshotFooter(SnapshotFooterRecord.read(in, known(version, 0)));
            case 5 -> new KRaftVersion(KRaftVersionRecord.read(in, known(version, 0)));
            case 6 -> new Voters(VotersRecord.read(in, known(version, 0)));
            default -> new Unknown(type);
        };
    }

    private static EndTransaction endTransaction(WireReader in, boolean isCommit) {
        int version = in.int16();
        return new EndTransaction(
                isCommit, EndTxnMarker.read(in, known(version, 0)).coordinatorEpoch());
    }

    /// A later version is read as the newest that is known, as far as it goes.
    private static int known(int version, int highest) {
        return Math.min(version, highest);
    }

    /// The key of the control record.
    default ByteBuffer key() {
        short type = switch (this) {
            case EndTransaction end -> (short) (end.isCommit() ? 1 : 0);
            case LeaderChange change -> 2;
            case SnapshotHeader header -> 3;
            case SnapshotFooter footer -> 4;
            case KRaftVersion version -> 5;
            case Voters voters -> 6;
            case Unknown unknown -> (short) unknown.type();
        };
        WireWriter out = new WireWriter();
        out.int16(0);
        new ControlRecordTypeSchema(type).write(out, 0);
        return out.toBuffer();
    }

    /// The value of the control record.
    default ByteBuffer value() {
        return switch (this) {
            case EndTransaction(var isCommit, var epoch) -> endTransaction(epoch);
            case LeaderChange(var message) -> bytes(message, message.version());
            case SnapshotHeader(var message) -> bytes(message, message.version());
            case SnapshotFooter(var message) -> bytes(message, message.version());
            case KRaftVersion(var message) -> bytes(message, message.version());
            case Voters(var message) -> bytes(message, message.version());
            case Unknown unknown -> ByteBuffer.allocate(0);
        };
    }

    private static ByteBuffer endTransaction(int coordinatorEpoch) {
        WireWriter out = new WireWriter();
        out.int16(0);
        new EndTxnMarker(coordinatorEpoch).write(out, 0);
        return out.toBuffer();
    }

    private static ByteBuffer bytes(DataRecord message, int version) {
        WireWriter out = new WireWriter();
        message.write(out, version);
        return out.toBuffer();
    }

    /// Starts a control batch with this record in it; producer, epoch and so on can still be set.
    default void begin(BatchBuilder builder, long offset, long timestampMs) {
        builder.begin(offset);
        builder.control();
        if (this instanceof EndTransaction) {
            builder.transactional();
        }
        builder.append(offset, timestampMs, key(), value(), RecordHeader.NONE);
    }
}
