package io.millrace.group;

import io.millrace.protocol.ConsumerProtocolAssignment;
import io.millrace.protocol.ConsumerProtocolSubscription;
import io.millrace.protocol.MalformedFrame;
import io.millrace.protocol.UnsupportedVersion;
import io.millrace.protocol.WireReader;
import io.millrace.protocol.WireWriter;
import java.nio.ByteBuffer;
import java.util.Optional;

/// What consumers of the classic protocol put into the opaque bytes of JoinGroup and SyncGroup: a
/// version, then a subscription or an assignment.
final class ConsumerSubscriptions {
    record Parsed(ConsumerProtocolSubscription subscription, int version) {}

    private static final int NEWEST = ConsumerProtocolSubscription.DEFAULT.highestVersion();

    private ConsumerSubscriptions() {}

    /// Empty if the bytes are something else: other programs put what they like there.
    static Optional<Parsed> parse(ByteBuffer bytes) {
        try {
            WireReader in = new WireReader(bytes.duplicate());
            int version = in.int16();
            if (version < 0) {
                return Optional.empty();
            }
            int known = Math.min(version, NEWEST);
            return Optional.of(new Parsed(ConsumerProtocolSubscription.read(in, known), known));
        } catch (MalformedFrame | UnsupportedVersion other) {
            return Optional.empty();
        }
    }

    static Optional<ConsumerProtocolAssignment> parseAssignment(ByteBuffer bytes) {
        try {
            WireReader in = new WireReader(bytes.duplicate());
            int version = in.int16();
            return version < 0
                    ? Optional.empty()
                    : Optional.of(ConsumerProtocolAssignment.read(in, Math.min(version, NEWEST)));
        } catch (MalformedFrame | UnsupportedVersion other) {
            return Optional.empty();
        }
    }

    static ByteBuffer serialize(ConsumerProtocolAssignment assignment, int version) {
        WireWriter out = new WireWriter();
        out.int16(version);
        assignment.write(out, version);
        return out.toBuffer();
    }
}
