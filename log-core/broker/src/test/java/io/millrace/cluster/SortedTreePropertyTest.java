package io.millrace.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class SortedTreePropertyTest {
    @Test
    void behavesAsATreeMapAndKeepsOldVersions() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            TreeMap<Integer, Integer> model = new TreeMap<>();
            SortedTree<Integer, Integer> tree = SortedTree.empty();
            SortedTree<Integer, Integer> old = tree;
            TreeMap<Integer, Integer> oldModel = new TreeMap<>();
            for (int i = 0; i < 300; i++) {
                int key = random.nextInt(100);
                if (random.nextInt(3) == 0) {
                    model.remove(key);
                    tree = tree.without(key);
                } else {
                    model.put(key, i);
                    tree = tree.with(key, i);
                }
                if (random.nextInt(50) == 0) {
                    old = tree;
                    oldModel = new TreeMap<>(model);
                }
                assertEquals(model.get(key), tree.get(key));
                assertEquals(model.size(), tree.size());
            }
            assertSame(model, tree);
            assertSame(oldModel, old);
            int from = random.nextInt(100);
            List<Integer> tail = new ArrayList<>();
            tree.from(from).forEach(entry -> tail.add(entry.key()));
            assertEquals(List.copyOf(model.tailMap(from).keySet()), tail, "seed " + seed);
        }
    }

    @Test
    void staysBalanced() {
        SortedTree<Integer, Integer> tree = SortedTree.empty();
        for (int i = 0; i < 100_000; i++) {
            tree = tree.with(i, i);
        }
        assertTrue(tree.height() <= 24, "height " + tree.height());
    }

    private static void assertSame(
            TreeMap<Integer, Integer> model, SortedTree<Integer, Integer> tree) {
        List<Integer> keys = new ArrayList<>();
        List<Integer> values = new ArrayList<>();
        for (var entry : tree) {
            keys.add(entry.key());
            values.add(entry.value());
        }
        assertEquals(List.copyOf(model.keySet()), keys);
        assertEquals(List.copyOf(model.values()), values);
    }
}
