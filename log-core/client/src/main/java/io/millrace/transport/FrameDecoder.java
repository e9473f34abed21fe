package io.millrace.transport;

import io.millrace.protocol.MalformedFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Cuts frames out of what a socket brings, copying as little as can be: a frame that came whole in
/// one read is a slice of it; the rest of a longer one is read straight into a buffer of the
/// frame's size, which the socket is handed by [#nextBuffer].
///
/// The claimed length is checked before anything is allocated, and taken from the loop's
/// [FrameBudget]: without budget the connection is not read from.
final class FrameDecoder {
    /// A frame that claims more gets memory only as its bytes arrive.
    private static final int TRUSTED_BYTES = 4 << 20;

    private static final int PREFIX = 4;
    private static final int NONE = -1;

    private final int maxFrameBytes;
    private final FrameBudget budget;
    private final ByteBufAllocator allocator;
    private final Consumer<Frame> frames;
    private final Runnable readingChanged;
    private final Queue<ByteBuf> held = new ArrayDeque<>();

    private int prefixBytes;
    private int prefix;
    private int bodySize = NONE; // of the frame whose prefix is read; its bytes are in the budget
    private @Nullable ByteBuf body;
    private @Nullable ByteBuf lent; // the part of `body` that the socket reads into
    private FrameBudget.@Nullable Waiter waiter;
    private boolean isPaused;
    private boolean isClosed;

    /// @param readingChanged runs when [#isReading] may have changed
    FrameDecoder(
            int maxFrameBytes,
            FrameBudget budget,
            ByteBufAllocator allocator,
            Consumer<Frame> frames,
            Runnable readingChanged) {
        this.maxFrameBytes = maxFrameBytes;
        this.budget = budget;
        this.allocator = allocator;
        this.frames = frames;
        this.readingChanged = readingChanged;
    }

    boolean isReading() {
        return !isPaused && waiter == null;
    }

    /// Whether there is memory of a frame that has not ended.
    boolean holdsUnfinishedFrame() {
        return body != null;
    }

    /// Where the socket should read into, or null for any buffer.
    @Nullable
    ByteBuf nextBuffer() {
        ByteBuf unfinished = body;
        if (unfinished == null || !held.isEmpty() || !unfinished.isWritable()) {
            return null;
        }
        int from = unfinished.writerIndex();
        lent = unfinished.retainedSlice(from, unfinished.capacity() - from).writerIndex(0);
        return lent;
    }

    /// Takes over one reference to `in`.
    ///
    /// @throws MalformedFrame if it claims a length that is not allowed
    void read(ByteBuf in) {
        if (isClosed) {
            in.release();
            return;
        }
        ByteBuf own = body;
        if (in == lent && own != null) {
            lent = null;
            own.writerIndex(own.writerIndex() + in.readableBytes());
            in.release();
            proceed();
        } else {
            held.add(in);
            proceed();
        }
    }

    void pause() {
        isPaused = true;
        readingChanged.run();
    }

    void resume() {
        isPaused = false;
        proceed();
        readingChanged.run();
    }

    void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        for (ByteBuf in = held.poll(); in != null; in = held.poll()) {
            in.release();
        }
        if (body != null) {
            body.release();
            body = null;
            budget.give(bodySize);
        }
        if (waiter != null) {
            budget.giveUp(waiter);
            waiter = null;
        }
    }

    private boolean isComplete(ByteBuf unfinished) {
        return unfinished.writerIndex() == bodySize;
    }

    /// Goes on with what is held, as far as it may.
    private void proceed() {
        while (isReading() && !isClosed) {
            ByteBuf own = body;
            if (own != null) {
                if (isComplete(own)) {
                    emitBody(own);
                    continue;
                }
                grow(own);
            }
            ByteBuf in = held.peek();
            if (in == null) {
                return;
            }
            if (!in.isReadable()) {
                held.remove();
                in.release();
                continue;
            }
            step(in);
        }
    }

    private void step(ByteBuf in) {
        ByteBuf own = body;
        if (own != null) {
            in.readBytes(own, Math.min(own.writableBytes(), in.readableBytes()));
        } else if (prefixBytes == 0 && in.readableBytes() >= PREFIX) {
            begin(in.readInt(), in);
        } else {
            prefix = prefix << 8 | in.readByte() & 0xff;
            if (++prefixBytes == PREFIX) {
                prefixBytes = 0;
                begin(prefix, in);
            }
        }
    }

    private void begin(int size, ByteBuf in) {
        if (size < 0 || size > maxFrameBytes) {
            throw new MalformedFrame(
                    "a frame claims " + size + " bytes, more than " + maxFrameBytes);
        }
        if (in.readableBytes() >= size) {
            frames.accept(new BufferFrame(in.readRetainedSlice(size)));
            return;
        }
        bodySize = size;
        if (budget.tryTake(size)) {
            allocate();
        } else {
            waiter = budget.await(size, this::granted);
            readingChanged.run();
        }
    }

    private void granted() {
        waiter = null;
        allocate();
        proceed();
        readingChanged.run();
    }

    private void allocate() {
        int first = Math.min(bodySize, TRUSTED_BYTES);
        body = allocator.directBuffer(first, first);
    }

    private void grow(ByteBuf own) {
        if (own.isWritable()) {
            return;
        }
        int capacity = (int) Math.min(bodySize, 4L * own.capacity());
        body = allocator.directBuffer(capacity, capacity).writeBytes(own);
        own.release();
    }

    private void emitBody(ByteBuf own) {
        int size = bodySize;
        body = null;
        bodySize = NONE;
        budget.give(size);
        frames.accept(new BufferFrame(own));
    }
}
