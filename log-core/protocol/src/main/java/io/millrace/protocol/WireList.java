package io.millrace.protocol;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/// An immutable list over an array that nobody else holds, so that what was just read is not copied
/// again when a record takes it in. `List.copyOf` would.
final class WireList<E> extends AbstractList<E> implements RandomAccess {
    private static final WireList<?> EMPTY = new WireList<>(new Object[0], 0);

    private final Object[] items;
    private final int size;

    private WireList(Object[] items, int size) {
        this.items = items;
        this.size = size;
    }

    static <E> List<E> copyOf(Collection<? extends E> items) {
        if (items instanceof WireList<? extends E> same) {
            @SuppressWarnings("unchecked") // immutable, so covariant
            List<E> list = (List<E>) same;
            return list;
        }
        Growing<E> copy = new Growing<>(items.size());
        for (E item : items) {
            copy.add(item);
        }
        return copy.list();
    }

    @Override
    @SuppressWarnings("unchecked") // only E is ever put in
    public E get(int index) {
        if (index >= size) {
            throw new IndexOutOfBoundsException(index + " of " + size);
        }
        return (E) items[index];
    }

    @Override
    public int size() {
        return size;
    }

    /// A list being read. It grows with what is really there, so a false count costs nothing.
    static final class Growing<E> {
        private static final int FIRST = 1024;

        private @Nullable Object[] items;
        private int size;

        Growing(int expected) {
            items = new Object[Math.min(Math.max(expected, 0), FIRST)];
        }

        void add(E item) {
            if (item == null) {
                throw new NullPointerException("a list of the protocol holds no nulls");
            }
            if (size == items.length) {
                items = Arrays.copyOf(items, Math.max(8, size * 2));
            }
            items[size++] = item;
        }

        /// Hands the items over; nothing may be added afterwards.
        @SuppressWarnings({"unchecked", "NullAway"}) // no nulls below `size`
        List<E> list() {
            return size == 0 ? (List<E>) EMPTY : new WireList<>(items, size);
        }
    }
}
