package io.millrace.storage;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.host.Loop;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.Uuid;
import io.millrace.record.BatchBuilder;
import io.millrace.record.RecordHeader;
import io.millrace.sim.PowerLoss;
import io.millrace.sim.Seeds;
import io.millrace.sim.SimDisk;
import io.millrace.sim.SimNode;
import io.millrace.sim.SimWorld;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// A log directory lives through losses of power, kills, full disks and clean stops, under a seed.
/// What was safe in `group` stays; nothing is there that was not appended; offsets have no gaps;
/// sequences go on.
class StorageSimulationTest {
    private static final Path ROOT = Path.of("/data/log");

    @Test
    void nothingSafeIsEverLost() {
        Seeds.forEach(seed -> new Run(seed).live());
    }

    /// What must be true of one log.
    private static final class Model {
        final List<String> values = new ArrayList<>();
        long safe;
        long start;
        int sequence;
        boolean isDying;
    }

    private static final class Run {
        private final SimWorld world;
        private final SimDisk disk;
        private final Map<LogId, Model> models = new TreeMap<>();
        private final BatchBuilder builder = new BatchBuilder();
        private SimNode node;
        private Loop loop;
        private LogDirectory directory;
        private int counter;

        Run(long seed) {
            world = new SimWorld(seed);
            disk = new SimDisk(world);
            node = new SimNode(world, "node");
            loop = node.loop();
            directory = open();
        }

        void live() {
            int lives = 2 + world.random().nextInt(4);
            for (int life = 0; life < lives; life++) {
                boolean dies = oneLife();
                if (!dies) {
                    world.runFor(100);
                    directory.close();
                    node.kill();
                    disk.killProcess();
                }
                node = new SimNode(world, "node");
                loop = node.loop();
                directory = open();
                load(!dies);
            }
        }

        private LogDirectory open() {
            return LogDirectory.open(
                    ROOT,
                    disk,
                    new DirectorySettings(
                            1,
                            40,
                            40,
                            50,
                            10,
                            86_400_000,
                            600_000,
                            64 * 1024 * 1024,
                            1024 * 1024,
                            30),
                    new StorageThreads(node.worker(), node.workers(2), node.worker()));
        }

        /// Uneven topics are `group`, even ones `os`, and of these every other one is synced by
        /// count.
        private static LogConfig config(LogId id) {
            int kind = Math.floorMod(id.topic().hashCode(), 4);
            return kind % 2 != 0
                    ? TestWorld.small(700)
                    : TestWorld.small(1500, FlushMode.OS, kind == 0 ? 1 : Long.MAX_VALUE);
        }

        private static boolean isSynced(LogId id) {
            return config(id).flush() == FlushMode.GROUP || config(id).flushMessages() == 1;
        }

        private void load(boolean clean) {
            Map<LogId, PartitionLog> found = new TreeMap<>();
            for (PartitionLog log : directory.load(Run::config)) {
                found.put(log.id(), log);
            }
            assertTrue(directory.isOnline(), "the directory must load");
            models.forEach((id, model) -> {
                PartitionLog log = found.get(id);
                if (log == null) {
                    assertEquals(0, isSynced(id) && !model.isDying ? model.safe : 0, "lost " + id);
                    return;
                }
                if (clean && !model.isDying) {
                    assertEquals(model.values.size(), log.endOffset(), "end after a clean stop");
                }
                if (model.isDying) {
                    model.isDying = false;
                    model.start = 0; // its checkpoint went with it
                    model.safe = 0;
                }
            });
            models.keySet().retainAll(found.keySet());
            directory.start(loop, (_, reason) -> {
                throw new AssertionError("offline: " + reason);
            });
            found.forEach((id, log) -> check(log));
        }

        private void check(PartitionLog log) {
            attach(log);
            Model model = models.computeIfAbsent(log.id(), _ -> new Model());
            if (isSynced(log.id())) {
                assertTrue(
                        log.endOffset() >= model.safe,
                        log.id() + " ends at " + log.endOffset() + " and was safe to "
                                + model.safe);
                assertTrue(log.startOffset() >= model.start, "the start went back");
            }
            assertTrue(log.endOffset() <= model.values.size(), "more than was appended");
            while (model.values.size() > log.endOffset()) {
                model.values.removeLast();
            }
            model.safe = log.endOffset();
            List<String> read = new ArrayList<>();
            var done = log.replay(
                    log.startOffset(),
                    log.endOffset(),
                    chunk -> read.addAll(TestWorld.records(chunk)));
            assertTrue(world.runUntil(done::isDone, 60_000), "the replay hangs");
            done.join();
            read.removeIf(text ->
                    Long.parseLong(text.substring(0, text.indexOf(':'))) < log.startOffset());
            for (String text : read) {
                int colon = text.indexOf(':');
                int offset = Integer.parseInt(text.substring(0, colon));
                assertEquals(model.values.get(offset), text.substring(colon + 1));
            }
            assertEquals(
                    log.endOffset() - log.startOffset(), read.size(), "records of " + log.id());
            model.sequence = log.activeProducers().stream()
                            .mapToInt(io.millrace.record.ProducerState::lastSequence)
                            .max()
                            .orElse(-1)
                    + 1;
            if (log.endOffset() > log.startOffset()) {
                assertEquals(lastSequence(model) + 1, model.sequence, "sequence");
            }
        }

        private static int lastSequence(Model model) {
            String last = model.values.getLast();
            return Integer.parseInt(last.substring(last.lastIndexOf('s') + 1));
        }

        private void attach(PartitionLog log) {
            directory.attach(log, loop, new LogListener() {
                @Override
                public void advanced(PartitionLog at) {
                    Model model = models.get(at.id());
                    if (model != null) {
                        model.safe = Math.max(model.safe, at.safeEnd());
                        at.highWatermark(at.safeEnd());
                    }
                }

                @Override
                public void dropped(PartitionLog at, long from, ErrorCode error) {
                    Model model = models.get(at.id());
                    if (model == null || model.isDying) {
                        return;
                    }
                    assertTrue(from >= model.safe, "dropped what was safe");
                    while (model.values.size() > from) {
                        model.values.removeLast();
                    }
                    model.sequence = model.values.isEmpty() ? 0 : lastSequence(model) + 1;
                }
            });
        }

        /// True when it ends in a crash.
        private boolean oneLife() {
            boolean kill = world.chance(0.3);
            boolean dies = kill || world.chance(0.7);
            if (dies && !kill) {
                disk.faults().losePowerAt(1 + world.random().nextInt(400));
            }
            try {
                int steps = 20 + world.random().nextInt(100);
                for (int i = 0; i < steps; i++) {
                    step();
                    world.runFor(world.random().nextInt(4));
                }
                disk.faults().capacityBytes(1L << 40);
                world.runFor(3000);
            } catch (PowerLoss e) {
                kill = false;
            }
            if (dies) {
                node.kill();
                if (kill) {
                    disk.killProcess();
                } else {
                    disk.losePower();
                }
            }
            return dies;
        }

        private void step() {
            switch (world.random().nextInt(20)) {
                case 0 -> disk.faults().capacityBytes(world.chance(0.5) ? 1 : 1L << 40);
                case 1, 2 -> create();
                case 3 -> {
                    if (world.chance(0.2)) {
                        any(this::delete);
                    }
                }
                case 4 ->
                    any(log -> {
                        Model model = model(log);
                        long to = model.start + world.random().nextInt(10);
                        if (to <= log.safeEnd()) {
                            log.deleteBefore(to)
                                    .thenRun(() -> model.start = Math.max(model.start, to));
                        }
                    });
                default -> any(this::append);
            }
        }

        private void create() {
            LogId id = new LogId("t" + world.random().nextInt(6), 0);
            if (!models.containsKey(id)
                    && directory.logs().stream().noneMatch(log -> log.id().equals(id))) {
                models.put(id, new Model());
                attach(directory.create(id, new Uuid(1, 2), config(id)));
            }
        }

        private Model model(PartitionLog log) {
            return requireNonNull(models.get(log.id()));
        }

        /// Its name is used again, for a log that knows nothing of it.
        private void delete(PartitionLog log) {
            Model model = model(log);
            model.isDying = true;
            directory.delete(log).thenRun(() -> models.remove(log.id(), model));
        }

        private void any(java.util.function.Consumer<PartitionLog> work) {
            List<PartitionLog> logs = List.copyOf(directory.logs());
            if (!logs.isEmpty()) {
                work.accept(logs.get(world.random().nextInt(logs.size())));
            }
        }

        private void append(PartitionLog log) {
            Model model = model(log);
            builder.begin(0);
            int count = 1 + world.random().nextInt(3);
            builder.producer(9, (short) 0, model.sequence);
            List<String> values = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                String value = "v" + counter++ + "s" + (model.sequence + i);
                values.add(value);
                builder.append(i, world.nowMs(), null, TestWorld.bytes(value), RecordHeader.NONE);
            }
            ByteBuffer batch = TestWorld.copy(builder.finish());
            switch (log.append(batch, new AppendOrigin.Client(3, BATCHES))) {
                case AppendResult.Appended(long base, long end, long _) -> {
                    assertEquals(model.values.size(), base);
                    model.values.addAll(values);
                    assertEquals(model.values.size(), end);
                    model.sequence += count;
                }
                case AppendResult.Duplicate duplicate -> throw new AssertionError(duplicate);
                case AppendResult.TooLong tooLong -> throw new AssertionError(tooLong);
                case AppendResult.Rejected(ErrorCode error, String message, var _) ->
                    assertEquals(ErrorCode.KAFKA_STORAGE_ERROR, error, message);
            }
        }

        private static final ClientBatches BATCHES = new ClientBatches(1 << 24);
    }
}
