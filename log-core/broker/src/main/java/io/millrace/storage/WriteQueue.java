package io.millrace.storage;

import io.millrace.host.Loop;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What waits for a directory's writer, from all loops; the one lock of storage, held for an
/// insertion or a swap of two lists.
///
/// Bounded in bytes: above the limit the loops are told to stop reading from producers, above twice
/// the limit appends are refused. Bytes count until they are written.
final class WriteQueue {
    private record Waiter(Loop loop, Runnable onRelief) {}

    private final long limitBytes;
    private List<WriteOp> filling = new ArrayList<>();
    private List<WriteOp> spare = new ArrayList<>();
    private List<Waiter> waiters = new ArrayList<>();
    private volatile long bytes;

    WriteQueue(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    /// How many wait now.
    synchronized int add(WriteOp op) {
        filling.add(op);
        bytes += op.queuedBytes();
        return filling.size();
    }

    synchronized int size() {
        return filling.size();
    }

    /// The first of what waits.
    synchronized @Nullable WriteOp peek() {
        return filling.isEmpty() ? null : filling.getFirst();
    }

    /// Everything that waits, in order. The list is valid until the call after the next.
    synchronized List<WriteOp> takeAll() {
        List<WriteOp> taken = filling;
        filling = spare;
        filling.clear();
        spare = taken;
        return taken;
    }

    /// The same if all of it is quick to write and not more than so many bytes; else nothing.
    synchronized List<WriteOp> takeQuick(long maxBytes) {
        if (bytes > maxBytes) {
            return List.of();
        }
        for (WriteOp op : filling) {
            if (!op.isQuick()) {
                return List.of();
            }
        }
        return takeAll();
    }

    synchronized boolean isEmpty() {
        return filling.isEmpty();
    }

    boolean isFull() {
        return bytes >= 2 * limitBytes;
    }

    synchronized boolean awaitRelief(Loop loop, Runnable onRelief) {
        if (bytes < limitBytes) {
            return false;
        }
        waiters.add(new Waiter(loop, onRelief));
        return true;
    }

    /// So many bytes were written or dropped. Whoever waited is told at half of the limit.
    void done(long doneBytes) {
        List<Waiter> relieved = List.of();
        synchronized (this) {
            bytes -= doneBytes;
            if (bytes <= limitBytes / 2 && !waiters.isEmpty()) {
                relieved = waiters;
                waiters = new ArrayList<>();
            }
        }
        for (Waiter waiter : relieved) {
            waiter.loop.execute(waiter.onRelief);
        }
    }
}
