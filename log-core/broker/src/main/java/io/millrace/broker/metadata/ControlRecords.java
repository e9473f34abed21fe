package io.millrace.broker.metadata;

import io.millrace.protocol.VotersRecord;
import io.millrace.protocol.WireReader;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Gathers what the control batches of a file say.
final class ControlRecords {
    private static final int TYPE_AT = 2;
    private static final int KEY_BYTES = 4;

    private Voters voters = Voters.UNNAMED;
    private boolean hasFooter;

    void accept(@Nullable ByteBuffer key, @Nullable ByteBuffer value) {
        if (key == null || value == null || key.remaining() < KEY_BYTES) {
            return;
        }
        switch (key.getShort(key.position() + TYPE_AT)) {
            case Batches.VOTERS -> voters = new Voters(VotersRecord.read(new WireReader(value), 0));
            case Batches.SNAPSHOT_FOOTER -> hasFooter = true;
            default -> {}
        }
    }

    Voters voters() {
        return voters;
    }

    boolean hasFooter() {
        return hasFooter;
    }
}
