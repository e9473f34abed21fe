package io.millrace.sim;

import io.millrace.protocol.Check;
import io.millrace.transport.Frame;
import java.nio.ByteBuffer;

/// A frame on a [SimNetwork], which notices when it is used after its release or released twice.
final class SimFrame implements Frame {
    private final SimNetwork network;
    private final ByteBuffer bytes;
    private int references = 1;

    SimFrame(SimNetwork network, ByteBuffer bytes) {
        this.network = network;
        this.bytes = bytes;
        network.frameBorn();
    }

    @Override
    public ByteBuffer buffer() {
        Check.that(references > 0, "a frame is used after its release");
        return bytes.duplicate();
    }

    @Override
    public void retain() {
        Check.that(references > 0, "a frame is retained after its release");
        references++;
    }

    @Override
    public void release() {
        Check.that(references > 0, "a frame is released more often than retained");
        references--;
        if (references == 0) {
            network.frameGone();
        }
    }
}
