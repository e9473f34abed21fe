package io.millrace.storage;

import io.millrace.host.Disk;
import io.millrace.protocol.BadSetting;
import io.millrace.protocol.CorruptLog;
import io.millrace.sim.InvariantBroken;
import io.millrace.sim.PowerLoss;
import io.millrace.sim.SimDisk;
import io.millrace.sim.SimWorld;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// One seed of the crash simulation: a node lives several times on the same disk, each life ends in
/// its own way, and the next one must find what was promised.
final class CrashRun {
    private static final long LONG_MS = 600_000;

    private final SimWorld world;
    private final SimDisk disk;
    private final Disk seenDisk;
    private final PlantedBug bug;
    private final FlushMode flush;
    private final List<String> topics = new ArrayList<>();
    private final Map<String, TopicHistory> histories = new TreeMap<>();
    private final Map<String, List<SimulatedProducer>> producers = new TreeMap<>();
    private @Nullable InvariantBroken broken;
    private int epoch;
    private boolean hasFault;

    CrashRun(long seed, FlushMode flush, PlantedBug bug) {
        this.world = new SimWorld(seed);
        this.disk = new SimDisk(world);
        this.bug = bug;
        this.flush = bug == PlantedBug.ACKNOWLEDGES_BEFORE_FLUSH ? FlushMode.OS : flush;
        this.seenDisk = bug == PlantedBug.NONE ? disk : new PlantedDisk(disk, world, bug);
        for (int i = 0, count = 1 + world.random().nextInt(3); i < count; i++) {
            String topic = "topic" + i;
            topics.add(topic);
            histories.put(topic, new TopicHistory(topic));
            producers.put(
                    topic, List.of(new SimulatedProducer(10 + i), new SimulatedProducer(20 + i)));
        }
    }

    /// How a life ends.
    private enum End {
        POWER_LOSS,
        KILL,
        CLEAN_STOP
    }

    /// Runs all lives; returns the hash of everything that happened.
    long run() {
        int lives = world.random().nextInt(2, 6);
        for (int i = 0; i < lives; i++) {
            epoch++;
            live(i == lives - 1);
        }
        return world.traceHash();
    }

    private void live(boolean isLast) {
        End end = flush == FlushMode.OS && bug == PlantedBug.NONE
                ? (world.chance(0.6) ? End.KILL : End.CLEAN_STOP)
                : End.values()[world.random().nextInt(End.values().length)];
        hasFault = false;
        if (!isLast && end == End.POWER_LOSS && world.chance(0.7)) {
            disk.faults().losePowerAt(1 + world.random().nextLong(400));
        }
        @Nullable SimulatedLife life = null;
        try {
            life = new SimulatedLife(this);
            if (life.recover() && !isLast) {
                plantFault(end);
                life.work(world.random().nextInt(1, 120));
                if (end == End.CLEAN_STOP && !hasLostPower()) {
                    life.stop();
                }
            }
        } catch (PowerLoss loss) {
            end = End.POWER_LOSS;
        } catch (IOException | BadSetting | CorruptLog failure) {
            expectFailure(failure);
        }
        if (life != null) {
            life.node().kill();
        }
        finish(hasLostPower() ? End.POWER_LOSS : end);
    }

    /// Now and then, something else goes wrong as well.
    private void plantFault(End end) {
        if (end == End.CLEAN_STOP) {
            return;
        }
        switch (world.random().nextInt(8)) {
            case 0 -> {
                hasFault = true;
                disk.faults().failCall(1 + world.random().nextLong(150));
            }
            case 1 -> {
                hasFault = true;
                disk.faults().failNextForce();
            }
            case 2 -> disk.faults().capacityBytes(world.random().nextInt(2_000, 60_000));
            default -> {}
        }
    }

    private void finish(End end) {
        boolean keepsCache = end != End.POWER_LOSS && !(hasFault && flush == FlushMode.GROUP);
        disk.faults().capacityBytes(1L << 40);
        if (keepsCache) {
            disk.killProcess();
        } else {
            disk.losePower();
        }
        producers.values().forEach(some -> some.forEach(SimulatedProducer::connectionLost));
        if (broken != null) {
            throw broken;
        }
    }

    /// A failure is fine only where one was planted.
    void expectFailure(Exception failure) {
        if (!hasFault) {
            throw new InvariantBroken("RecoversFromAnyPowerLoss", String.valueOf(failure));
        }
    }

    /// For code within futures, which swallow what is thrown.
    void guard(Runnable check) {
        try {
            check.run();
        } catch (InvariantBroken found) {
            broken = found;
        }
    }

    /// False when the power went first.
    boolean until(BooleanSupplier condition) {
        return until(condition, LONG_MS);
    }

    boolean until(BooleanSupplier condition, long ms) {
        world.runUntil(() -> condition.getAsBoolean() || hasLostPower() || broken != null, ms);
        if (broken != null) {
            throw broken;
        }
        return condition.getAsBoolean();
    }

    private boolean hasLostPower() {
        return disk.faults().hasLostPower();
    }

    /// Up to where a log's content is promised to survive.
    long acknowledges(PartitionLog log) {
        return log.safeEnd();
    }

    SimWorld world() {
        return world;
    }

    Disk disk() {
        return seenDisk;
    }

    FlushMode flush() {
        return flush;
    }

    /// Producers come back under another name each time, where the log is to have forgotten them.
    int recognisedLife() {
        return bug == PlantedBug.FORGETS_PRODUCERS ? epoch : 0;
    }

    int epoch() {
        return epoch;
    }

    List<String> topics() {
        return topics;
    }

    Map<String, TopicHistory> histories() {
        return histories;
    }

    TopicHistory history(String topic) {
        return Objects.requireNonNull(histories.get(topic));
    }

    List<SimulatedProducer> producers(String topic) {
        return Objects.requireNonNull(producers.get(topic));
    }
}
