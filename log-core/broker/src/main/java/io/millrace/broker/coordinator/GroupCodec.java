package io.millrace.broker.coordinator;

import io.millrace.group.GroupRecord;
import io.millrace.host.JournalRecord;
import io.millrace.host.RecordCodec;
import io.millrace.protocol.CorruptLog;
import io.millrace.protocol.MalformedFrame;
import io.millrace.protocol.OffsetCommitValue;
import io.millrace.protocol.OffsetsKey;
import io.millrace.protocol.OffsetsValue;
import io.millrace.protocol.UnsupportedVersion;
import io.millrace.protocol.WireReader;
import io.millrace.protocol.WireWriter;
import java.nio.ByteBuffer;
import java.util.Optional;

/// Records of `__consumer_offsets` as Kafka 4.3 writes them: the key begins with the number of its
/// type, the value with its version.
public final class GroupCodec implements RecordCodec<GroupRecord> {
    private static final int KEY_VERSION = 0;
    private static final int GROUP_METADATA_VERSION = 3;
    private static final int GROUP_METADATA = 2;
    private static final int COMMIT_WITH_EXPIRY_VERSION = 1;
    private static final long NO_EXPIRY = -1;

    @Override
    public Optional<JournalRecord> encode(GroupRecord record, long nowMs) {
        return switch (record) {
            case GroupRecord.Written(OffsetsKey key, OffsetsValue value) ->
                Optional.of(JournalRecord.of(encodeKey(key), encodeValue(value), nowMs));
            case GroupRecord.Erased(OffsetsKey key) ->
                Optional.of(JournalRecord.of(encodeKey(key), null, nowMs));
            case GroupRecord.ClassicNow _, GroupRecord.WorldNow _, GroupRecord.TopicsSeen _ ->
                Optional.empty();
        };
    }

    private static ByteBuffer encodeKey(OffsetsKey key) {
        WireWriter out = new WireWriter();
        out.int16(key.typeKey());
        key.write(out, KEY_VERSION);
        return out.toBuffer();
    }

    private static ByteBuffer encodeValue(OffsetsValue value) {
        int version = valueVersion(value);
        WireWriter out = new WireWriter();
        out.int16(version);
        value.write(out, version);
        return out.toBuffer();
    }

    /// The newest one, with two exceptions that every Kafka makes: an explicit time of expiry
    /// exists in version 1 alone, and group metadata stays at the last version without tags.
    private static int valueVersion(OffsetsValue value) {
        if (value instanceof OffsetCommitValue commit && commit.expireTimestamp() != NO_EXPIRY) {
            return COMMIT_WITH_EXPIRY_VERSION;
        }
        return value.typeKey() == GROUP_METADATA ? GROUP_METADATA_VERSION : value.highestVersion();
    }

    @Override
    public Optional<GroupRecord> decode(JournalRecord record) {
        ByteBuffer keyBytes = record.key();
        if (keyBytes == null) {
            return Optional.empty();
        }
        try {
            WireReader keyReader = new WireReader(keyBytes.duplicate());
            int type = keyReader.int16();
            OffsetsKey key = OffsetsKey.read(type, KEY_VERSION, keyReader);
            if (key == null) {
                return Optional.empty();
            }
            ByteBuffer valueBytes = record.value();
            if (valueBytes == null) {
                return Optional.of(new GroupRecord.Erased(key));
            }
            WireReader valueReader = new WireReader(valueBytes.duplicate());
            int version = valueReader.int16();
            OffsetsValue value = OffsetsValue.read(type, version, valueReader);
            return value == null
                    ? Optional.empty()
                    : Optional.of(new GroupRecord.Written(key, value));
        } catch (MalformedFrame | UnsupportedVersion damaged) {
            throw new CorruptLog("a record of __consumer_offsets cannot be read", damaged);
        }
    }
}
