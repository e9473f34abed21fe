package io.millrace.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;

/// Hands the socket the memory of an unfinished frame to read into, and otherwise a shared buffer
/// that lives only as long as the read: a silent connection holds none.
final class ReceiveBuffers implements RecvByteBufAllocator {
    private static final RecvByteBufAllocator SHARED =
            new AdaptiveRecvByteBufAllocator(512, 2048, 65_536);

    private final FrameDecoder decoder;

    ReceiveBuffers(FrameDecoder decoder) {
        this.decoder = decoder;
    }

    @Override
    @SuppressWarnings("deprecation") // the interface returns it
    public Handle newHandle() {
        return new DecoderHandle(decoder, (ExtendedHandle) SHARED.newHandle());
    }

    @SuppressWarnings("deprecation") // the delegate's type
    private static final class DecoderHandle extends DelegatingHandle implements ExtendedHandle {
        private final FrameDecoder decoder;
        private final ExtendedHandle shared;

        DecoderHandle(FrameDecoder decoder, ExtendedHandle shared) {
            super(shared);
            this.decoder = decoder;
            this.shared = shared;
        }

        @Override
        public ByteBuf allocate(ByteBufAllocator allocator) {
            ByteBuf own = decoder.nextBuffer();
            return own != null ? own : super.allocate(allocator);
        }

        @Override
        public boolean continueReading(UncheckedBooleanSupplier maybeMore) {
            return shared.continueReading(maybeMore);
        }
    }
}
