package io.millrace.broker.metadata;

import io.millrace.host.Journal;
import io.millrace.protocol.Uuid;
import io.millrace.sim.JournalContract;
import io.millrace.sim.SimDisk;
import io.millrace.sim.SimLoop;
import io.millrace.sim.SimNode;
import io.millrace.sim.SimWorld;
import java.io.IOException;
import java.nio.file.Path;

final class MetadataLogContractTest implements JournalContract {
    private static final MetadataLog.Voter VOTER =
            new MetadataLog.Voter(1, new Uuid(1, 2), "localhost", 9093);
    private static final Path PATH = Path.of("/data");

    @Override
    public Rig open() throws IOException {
        SimWorld world = new SimWorld(7);
        SimDisk disk = new SimDisk(world);
        disk.createDirectories(PATH);
        return rig(world, disk);
    }

    private static Rig rig(SimWorld world, SimDisk disk) throws IOException {
        SimNode node = new SimNode(world, "node");
        SimLoop loop = node.loop();
        MetadataLog log =
                MetadataLog.open(new MetadataLog.Place(disk, PATH, loop, node.worker()), VOTER);
        return new LogRig(world, disk, loop, log);
    }

    private record LogRig(SimWorld world, SimDisk disk, SimLoop loop, MetadataLog log)
            implements Rig {
        @Override
        public Journal journal() {
            return log;
        }

        @Override
        public void onLoop(Runnable action) {
            boolean[] done = new boolean[1];
            loop.execute(() -> {
                action.run();
                done[0] = true;
            });
            world.runUntil(() -> done[0], 1_000);
        }

        @Override
        public void settle() {
            world.runFor(10_000);
        }

        @Override
        public void failWrites() {
            disk.faults().failFromCall(1);
        }

        @Override
        public Rig reopened() throws IOException {
            log.close();
            return rig(world, disk);
        }
    }
}
