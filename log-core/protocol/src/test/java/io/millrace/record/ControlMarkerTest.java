package io.millrace.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.protocol.KRaftVersionRecord;
import io.millrace.protocol.LeaderChangeMessage;
import io.millrace.protocol.MalformedFrame;
import io.millrace.protocol.SnapshotFooterRecord;
import io.millrace.protocol.SnapshotHeaderRecord;
import io.millrace.protocol.Uuid;
import io.millrace.protocol.VotersRecord;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.ControlRecordUtils;
import org.apache.kafka.common.record.internal.EndTransactionMarker;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MutableRecordBatch;
import org.apache.kafka.common.record.internal.Record;
import org.junit.jupiter.api.Test;

/// Kafka reads the control batches built here, and what Kafka builds is read here.
final class ControlMarkerTest {
    static List<ControlMarker> all() {
        List<LeaderChangeMessage.Voter> voters = List.of(
                new LeaderChangeMessage.Voter(1, new Uuid(0, 0)),
                new LeaderChangeMessage.Voter(2, new Uuid(0, 0)));
        var voter = VotersRecord.Voter.DEFAULT.withVoterId(7).withVoterDirectoryId(new Uuid(1, 2));
        return List.of(
                new ControlMarker.EndTransaction(true, 12),
                new ControlMarker.EndTransaction(false, 0),
                new ControlMarker.LeaderChange(
                        new LeaderChangeMessage((short) 0, 2, voters, voters.subList(0, 1))),
                new ControlMarker.SnapshotHeader(new SnapshotHeaderRecord((short) 0, 1_234L)),
                new ControlMarker.SnapshotFooter(new SnapshotFooterRecord((short) 0)),
                new ControlMarker.KRaftVersion(new KRaftVersionRecord((short) 0, (short) 1)),
                new ControlMarker.Voters(new VotersRecord((short) 0, List.of(voter))));
    }

    @Test
    void everyMarkerComesBackAsItWas() {
        for (ControlMarker marker : all()) {
            assertEquals(marker, ControlMarker.read(marker.key(), marker.value()));
        }
    }

    @Test
    void kafkaReadsEveryMarker() {
        for (ControlMarker marker : all()) {
            Record record = kafkaRecord(marker);
            switch (marker) {
                case ControlMarker.EndTransaction end -> {
                    EndTransactionMarker read = EndTransactionMarker.deserialize(record);
                    assertEquals(end.coordinatorEpoch(), read.coordinatorEpoch());
                    assertEquals(
                            end.isCommit() ? ControlRecordType.COMMIT : ControlRecordType.ABORT,
                            read.controlType());
                }
                case ControlMarker.LeaderChange change ->
                    assertEquals(
                            2,
                            ControlRecordUtils.deserializeLeaderChangeMessage(record)
                                    .voters()
                                    .size());
                case ControlMarker.SnapshotHeader header ->
                    assertEquals(
                            1_234L,
                            ControlRecordUtils.deserializeSnapshotHeaderRecord(record)
                                    .lastContainedLogTimestamp());
                case ControlMarker.SnapshotFooter footer ->
                    assertEquals(
                            0,
                            ControlRecordUtils.deserializeSnapshotFooterRecord(record)
                                    .version());
                case ControlMarker.KRaftVersion version ->
                    assertEquals(
                            1,
                            ControlRecordUtils.deserializeKRaftVersionRecord(record)
                                    .kRaftVersion());
                case ControlMarker.Voters voters ->
                    assertEquals(
                            7,
                            ControlRecordUtils.deserializeVotersRecord(record)
                                    .voters()
                                    .getFirst()
                                    .voterId());
                case ControlMarker.Unknown unknown -> throw new AssertionError(unknown);
            }
        }
    }

    private static Record kafkaRecord(ControlMarker marker) {
        BatchBuilder builder = new BatchBuilder();
        marker.begin(builder, 77, 5_000);
        MutableRecordBatch batch = MemoryRecords.readableRecords(builder.finish())
                .batches()
                .iterator()
                .next();
        batch.ensureValid();
        assertTrue(batch.isControlBatch());
        assertEquals(marker instanceof ControlMarker.EndTransaction, batch.isTransactional());
        assertEquals(77, batch.baseOffset());
        return batch.iterator().next();
    }

    @Test
    void anEndOfTransactionIsKafkasByteForByte() {
        for (boolean isCommit : new boolean[] {true, false}) {
            BatchBuilder builder = new BatchBuilder();
            new ControlMarker.EndTransaction(isCommit, 9).begin(builder, 40, 6_000);
            builder.leaderEpoch(3);
            builder.producer(15, (short) 2, RecordBatch.NO_SEQUENCE);
            MemoryRecords kafka = MemoryRecords.withEndTransactionMarker(
                    40,
                    6_000,
                    3,
                    15,
                    (short) 2,
                    new EndTransactionMarker(
                            isCommit ? ControlRecordType.COMMIT : ControlRecordType.ABORT, 9));
            assertEquals(kafka.buffer(), builder.finish());
        }
    }

    @Test
    void aTypeOfALaterReleaseIsUnknown() {
        ControlMarker later = new ControlMarker.Unknown(99);
        assertEquals(later, ControlMarker.read(later.key(), ByteBuffer.allocate(2)));
    }

    @Test
    void anOrdinaryRecordIsNoMarker() {
        assertThrows(MalformedFrame.class, () -> ControlMarker.read(null, ByteBuffer.allocate(2)));
        assertThrows(
                MalformedFrame.class,
                () -> ControlMarker.read(ByteBuffer.allocate(3), ByteBuffer.allocate(2)));
        assertThrows(MalformedFrame.class, () -> ControlMarker.read(ByteBuffer.allocate(4), null));
    }
}
