package io.millrace.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.host.Loop;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SimWorldTest {
    @Test
    void aSeedReplays() {
        assertEquals(run(7), run(7));
        assertNotEquals(run(7), run(8));
    }

    private static long run(long seed) {
        SimWorld world = new SimWorld(seed);
        SimNode node = new SimNode(world, "n");
        SimLoop one = node.loop();
        SimLoop two = node.loop();
        SimWorker worker = node.workers(3);
        for (int i = 0; i < 20; i++) {
            one.execute(() -> worker.execute(() -> two.execute(() -> world.spend(1_000))));
        }
        world.runFor(1_000);
        return world.traceHash();
    }

    @Test
    void tasksOfOneActorRunInOrderAndNeverWithinTheCall() {
        SimWorld world = new SimWorld(1);
        Loop loop = new SimNode(world, "n").loop();
        List<Integer> ran = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            int number = i;
            loop.execute(() -> {
                assertTrue(loop.isCurrent());
                ran.add(number);
            });
        }
        assertEquals(List.of(), ran);
        world.runFor(100);
        assertEquals(IntStream.range(0, 50).boxed().toList(), ran);
        assertFalse(loop.isCurrent());
    }

    @Test
    void differentSeedsInterleaveDifferently() {
        TreeSet<String> orders = new TreeSet<>();
        for (long seed = 0; seed < 50; seed++) {
            SimWorld world = new SimWorld(seed);
            SimNode node = new SimNode(world, "n");
            StringBuilder order = new StringBuilder();
            for (String name : List.of("a", "b", "c")) {
                node.loop().execute(() -> order.append(name));
            }
            world.runFor(10);
            orders.add(order.toString());
        }
        assertEquals(6, orders.size());
    }

    @Test
    void timersWaitAndCanBeCancelled() {
        SimWorld world = new SimWorld(1);
        Loop loop = new SimNode(world, "n").loop();
        List<String> ran = new ArrayList<>();
        loop.schedule(100, () -> ran.add("late"));
        loop.schedule(10, () -> ran.add("early"));
        loop.schedule(50, () -> ran.add("never")).cancel();
        long startMs = loop.nowMs();
        world.runFor(9);
        assertEquals(List.of(), ran);
        world.runFor(200);
        assertEquals(List.of("early", "late"), ran);
        assertEquals(startMs + 209, loop.nowMs());
        world.jumpWallClock(-1_000);
        assertTrue(loop.nowMs() < startMs);
    }

    @Test
    void nothingRunsOnADeadNode() {
        SimWorld world = new SimWorld(1);
        SimNode node = new SimNode(world, "n");
        List<String> ran = new ArrayList<>();
        node.loop().execute(() -> ran.add("no"));
        node.kill();
        world.runFor(10);
        assertEquals(List.of(), ran);
    }
}
