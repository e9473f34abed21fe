package io.millrace.broker.metadata;

import io.millrace.cluster.RecordVersions;
import io.millrace.host.JournalRecord;
import io.millrace.host.RecordCodec;
import io.millrace.protocol.CorruptLog;
import io.millrace.protocol.MalformedFrame;
import io.millrace.protocol.MetadataRecord;
import io.millrace.protocol.WireReader;
import io.millrace.protocol.WireWriter;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// How a metadata record stands in its log: three unsigned varints (the frame's version, the
/// record's type, the record's version), then the record. The keys are null.
final class MetadataFrame implements RecordCodec<MetadataRecord> {
    private static final int FRAME_VERSION = 1;

    private final Supplier<RecordVersions> versions;

    /// @param versions of the cluster as it is when a record is written
    MetadataFrame(Supplier<RecordVersions> versions) {
        this.versions = versions;
    }

    @Override
    public Optional<JournalRecord> encode(MetadataRecord record, long nowMs) {
        return Optional.of(JournalRecord.of(null, bytes(record, versions.get()), nowMs));
    }

    static ByteBuffer bytes(MetadataRecord record, RecordVersions versions) {
        int version = versions.of(record);
        WireWriter out = new WireWriter();
        out.unsignedVarint(FRAME_VERSION);
        out.unsignedVarint(record.typeKey());
        out.unsignedVarint(version);
        record.write(out, version);
        return out.toBuffer();
    }

    /// A record of a type that this release does not know cannot be skipped: whatever it says, the
    /// cluster would not be what the log says.
    @Override
    public Optional<MetadataRecord> decode(JournalRecord written) {
        return Optional.of(decode(written.value()));
    }

    static MetadataRecord decode(@Nullable ByteBuffer value) {
        if (value == null) {
            throw new CorruptLog("a metadata record has no value");
        }
        try {
            WireReader in = new WireReader(value);
            int frameVersion = in.unsignedVarint();
            int type = in.unsignedVarint();
            int version = in.unsignedVarint();
            MetadataRecord record =
                    frameVersion == FRAME_VERSION ? MetadataRecord.read(type, version, in) : null;
            if (record == null) {
                throw new CorruptLog("this release does not know metadata records of type " + type
                        + " in frames of version " + frameVersion);
            }
            return record;
        } catch (MalformedFrame e) {
            throw new CorruptLog("a metadata record is damaged: " + e.getMessage());
        }
    }
}
