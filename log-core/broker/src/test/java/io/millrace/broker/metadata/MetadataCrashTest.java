package io.millrace.broker.metadata;

import io.millrace.host.Journal;
import io.millrace.host.JournalRecord;
import io.millrace.protocol.CorruptLog;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.Uuid;
import io.millrace.sim.InvariantBroken;
import io.millrace.sim.PowerLoss;
import io.millrace.sim.Seeds;
import io.millrace.sim.SimDisk;
import io.millrace.sim.SimLoop;
import io.millrace.sim.SimNode;
import io.millrace.sim.SimWorld;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The metadata log of a node that loses its power at any disk call, life after life.
final class MetadataCrashTest {
    private static final Path PATH = Path.of("/data");
    private static final MetadataLog.Voter VOTER =
            new MetadataLog.Voter(1, new Uuid(1, 2), "localhost", 9093);

    @Test
    void whatWasCommittedSurvivesALossOfPower() {
        Seeds.forEach(seed -> new Run(seed).run());
    }

    /// The sector with the base offset was lost, and the one with all that the checksum covers was
    /// not.
    @Test
    void aBatchThatLostItsOffsetIsCutOff() {
        new Run(292).run();
    }

    /// One seed.
    private static final class Run implements Journal.Listener {
        private final SimWorld world;
        private final SimDisk disk;
        private final TreeMap<Long, String> appended = new TreeMap<>();
        private long committed;
        private int epoch;
        private int number;

        Run(long seed) {
            world = new SimWorld(seed);
            disk = new SimDisk(world);
        }

        void run() {
            try {
                disk.createDirectories(PATH);
                disk.syncDirectory(Path.of("/"));
            } catch (IOException impossible) {
                throw new AssertionError(impossible);
            }
            int lives = world.random().nextInt(2, 7);
            for (int life = 0; life < lives; life++) {
                boolean isLast = life == lives - 1;
                if (!isLast) {
                    disk.faults().losePowerAt(1 + world.random().nextLong(120));
                }
                live(isLast);
            }
        }

        private void live(boolean isLast) {
            SimNode node = new SimNode(world, "node");
            try {
                SimLoop loop = node.loop();
                MetadataLog log = MetadataLog.open(
                        new MetadataLog.Place(disk, PATH, loop, node.worker()), VOTER);
                check(log);
                if (!isLast) {
                    work(log, loop);
                }
            } catch (PowerLoss loss) {
                node.kill();
            } catch (IOException | CorruptLog failure) {
                throw new InvariantBroken("RecoversFromAnyPowerLoss", String.valueOf(failure));
            }
            node.kill();
            if (disk.faults().hasLostPower() || world.chance(0.5)) {
                disk.losePower();
            } else {
                disk.killProcess();
            }
        }

        private void check(MetadataLog log) {
            if (log.epoch() <= epoch) {
                throw new InvariantBroken(
                        "EpochsRise", "epoch " + log.epoch() + " follows " + epoch);
            }
            epoch = log.epoch();
            TreeMap<Long, String> read = new TreeMap<>();
            log.replay((offset, record) -> {
                String value = text(record.value());
                if (value.startsWith("value")) {
                    read.put(offset, value);
                }
            });
            for (var entry : appended.headMap(committed).entrySet()) {
                if (!entry.getValue().equals(read.get(entry.getKey()))) {
                    throw new InvariantBroken(
                            "CommittedStays",
                            entry + " of " + committed + " reads as " + read.get(entry.getKey()));
                }
            }
            for (var entry : read.entrySet()) {
                if (!entry.getValue().equals(appended.get(entry.getKey()))) {
                    throw new InvariantBroken(
                            "RecoveredLogIsAPrefixOfWritten",
                            "read " + entry + ", written " + appended.get(entry.getKey()));
                }
            }
            if (!read.isEmpty() && appended.headMap(read.lastKey(), true).size() != read.size()) {
                throw new InvariantBroken(
                        "RecoveredLogIsAPrefixOfWritten",
                        "records are missing below " + read.lastKey());
            }
            appended.clear();
            appended.putAll(read);
            committed = log.committed();
        }

        private void work(MetadataLog log, SimLoop loop) {
            log.listen(this);
            long atMs = 0;
            for (int i = 0; i < 80; i++) {
                atMs += world.random().nextInt(3);
                loop.schedule(atMs, () -> append(log));
            }
            world.runUntil(() -> disk.faults().hasLostPower(), 10_000);
        }

        private void append(MetadataLog log) {
            if (log.admission() != ErrorCode.NONE) {
                return;
            }
            List<JournalRecord> records = new ArrayList<>();
            List<String> values = new ArrayList<>();
            for (int left = world.random().nextInt(1, 20); left > 0; left--) {
                String value = "value " + number++;
                values.add(value);
                records.add(JournalRecord.of(
                        null,
                        ByteBuffer.wrap(value.getBytes(StandardCharsets.UTF_8)),
                        world.nowMs()));
            }
            long last = log.append(records);
            for (int i = 0; i < values.size(); i++) {
                appended.put(last - values.size() + 1 + i, values.get(i));
            }
        }

        private static String text(@Nullable ByteBuffer bytes) {
            return bytes == null
                    ? ""
                    : StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
        }

        @Override
        public void committed(long endOffset) {
            committed = endOffset;
        }

        @Override
        public void lost(ErrorCode reason) {
            throw new InvariantBroken("OnlyAFailedDiskLosesTheLog", String.valueOf(reason));
        }
    }
}
