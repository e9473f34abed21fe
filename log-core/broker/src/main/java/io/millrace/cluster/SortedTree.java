package io.millrace.cluster;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// An immutable sorted map: a change makes a new map that shares all but the path to the changed
/// entry with the old one, so it costs O(log n) and readers of the old map notice nothing. An AVL
/// tree (Adelson-Velsky and Landis, 1962): the heights of two siblings differ by one at most.
public final class SortedTree<K extends Comparable<K>, V>
        implements Iterable<SortedTree.Entry<K, V>> {
    /// One mapping.
    public record Entry<K, V>(K key, V value) {}

    private record Node<K, V>(
            Entry<K, V> entry,
            @Nullable Node<K, V> left,
            @Nullable Node<K, V> right,
            int height,
            int size) {}

    private static final SortedTree<?, ?> EMPTY = new SortedTree<>(null);

    private final @Nullable Node<K, V> root;

    private SortedTree(@Nullable Node<K, V> root) {
        this.root = root;
    }

    @SuppressWarnings("unchecked") // nothing can be read out of it
    public static <K extends Comparable<K>, V> SortedTree<K, V> empty() {
        return (SortedTree<K, V>) EMPTY;
    }

    public int size() {
        return size(root);
    }

    public boolean isEmpty() {
        return root == null;
    }

    public boolean contains(K key) {
        return get(key) != null;
    }

    public @Nullable V get(K key) {
        Node<K, V> node = root;
        while (node != null) {
            int order = key.compareTo(node.entry.key);
            if (order == 0) {
                return node.entry.value;
            }
            node = order < 0 ? node.left : node.right;
        }
        return null;
    }

    public V getOrDefault(K key, V missing) {
        V found = get(key);
        return found == null ? missing : found;
    }

    public SortedTree<K, V> with(K key, V value) {
        return new SortedTree<>(insert(root, new Entry<>(key, value)));
    }

    public SortedTree<K, V> without(K key) {
        if (get(key) == null) {
            return this;
        }
        Node<K, V> rest = remove(root, key);
        return rest == null ? empty() : new SortedTree<>(rest);
    }

    /// In the order of the keys.
    @Override
    public Iterator<Entry<K, V>> iterator() {
        return new Walk<>(root, null);
    }

    /// In the order of the keys, beginning with the first that is not below `key`.
    public Iterable<Entry<K, V>> from(K key) {
        return () -> new Walk<>(root, key);
    }

    private static <K extends Comparable<K>, V> Node<K, V> insert(
            @Nullable Node<K, V> node, Entry<K, V> entry) {
        if (node == null) {
            return new Node<>(entry, null, null, 1, 1);
        }
        int order = entry.key.compareTo(node.entry.key);
        if (order == 0) {
            return new Node<>(entry, node.left, node.right, node.height, node.size);
        }
        return order < 0
                ? balance(node.entry, insert(node.left, entry), node.right)
                : balance(node.entry, node.left, insert(node.right, entry));
    }

    private static <K extends Comparable<K>, V> @Nullable Node<K, V> remove(
            @Nullable Node<K, V> node, K key) {
        if (node == null) {
            return null;
        }
        int order = key.compareTo(node.entry.key);
        if (order < 0) {
            return balance(node.entry, remove(node.left, key), node.right);
        }
        if (order > 0) {
            return balance(node.entry, node.left, remove(node.right, key));
        }
        if (node.left == null) {
            return node.right;
        }
        if (node.right == null) {
            return node.left;
        }
        Node<K, V> next = node.right;
        while (next.left != null) {
            next = next.left;
        }
        return balance(next.entry, node.left, remove(node.right, next.entry.key));
    }

    private static <K, V> Node<K, V> node(
            Entry<K, V> entry, @Nullable Node<K, V> left, @Nullable Node<K, V> right) {
        int height = 1 + Math.max(height(left), height(right));
        return new Node<>(entry, left, right, height, size(left) + size(right) + 1);
    }

    /// A node of two trees whose heights differ by two at most.
    private static <K, V> Node<K, V> balance(
            Entry<K, V> entry, @Nullable Node<K, V> left, @Nullable Node<K, V> right) {
        if (left != null && height(left) > height(right) + 1) {
            Node<K, V> inner = left.right;
            return inner != null && height(inner) > height(left.left)
                    ? node(
                            inner.entry,
                            node(left.entry, left.left, inner.left),
                            node(entry, inner.right, right))
                    : node(left.entry, left.left, node(entry, inner, right));
        }
        if (right != null && height(right) > height(left) + 1) {
            Node<K, V> inner = right.left;
            return inner != null && height(inner) > height(right.right)
                    ? node(
                            inner.entry,
                            node(entry, left, inner.left),
                            node(right.entry, inner.right, right.right))
                    : node(right.entry, node(entry, left, inner), right.right);
        }
        return node(entry, left, right);
    }

    private static int height(@Nullable Node<?, ?> node) {
        return node == null ? 0 : node.height;
    }

    private static int size(@Nullable Node<?, ?> node) {
        return node == null ? 0 : node.size;
    }

    int height() {
        return height(root);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof SortedTree<?, ?> tree) || tree.size() != size()) {
            return false;
        }
        Iterator<?> theirs = tree.iterator();
        for (Entry<K, V> entry : this) {
            if (!entry.equals(theirs.next())) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (Entry<K, V> entry : this) {
            hash = 31 * hash + entry.hashCode();
        }
        return hash;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        for (Entry<K, V> entry : this) {
            text.append(text.length() > 1 ? ", " : "")
                    .append(entry.key)
                    .append('=')
                    .append(entry.value);
        }
        return text.append('}').toString();
    }

    /// Holds the nodes whose right side is still to come.
    private static final class Walk<K extends Comparable<K>, V> implements Iterator<Entry<K, V>> {
        private final Deque<Node<K, V>> open = new ArrayDeque<>();

        Walk(@Nullable Node<K, V> root, @Nullable K first) {
            Node<K, V> node = root;
            while (node != null) {
                if (first != null && node.entry.key.compareTo(first) < 0) {
                    node = node.right;
                } else {
                    open.push(node);
                    node = node.left;
                }
            }
        }

        @Override
        public boolean hasNext() {
            return !open.isEmpty();
        }

        @Override
        public Entry<K, V> next() {
            if (open.isEmpty()) {
                throw new NoSuchElementException();
            }
            Node<K, V> node = open.pop();
            for (Node<K, V> below = node.right; below != null; below = below.left) {
                open.push(below);
            }
            return node.entry;
        }
    }
}
