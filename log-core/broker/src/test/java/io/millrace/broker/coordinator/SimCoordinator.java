package io.millrace.broker.coordinator;

import io.millrace.cluster.ClusterImage;
import io.millrace.group.GroupCommand;
import io.millrace.group.GroupConfig;
import io.millrace.group.GroupRecord;
import io.millrace.group.Groups;
import io.millrace.host.Answer;
import io.millrace.host.Loop;
import io.millrace.host.MachineHost;
import io.millrace.protocol.Response;
import io.millrace.sim.SimNode;
import io.millrace.sim.SimWorld;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A node with one group coordinator, which loses its power now and then.
final class SimCoordinator {
    private final SimWorld world;
    private final GroupConfig config;
    private final SimJournal.Content content = new SimJournal.Content();
    private ClusterImage image;
    private SimNode node;
    private Loop loop;
    private @Nullable MachineHost<GroupCommand, GroupRecord, Response> host;

    SimCoordinator(SimWorld world, GroupConfig config, ClusterImage image) {
        this.world = world;
        this.config = config;
        this.image = image;
        this.node = new SimNode(world, "coordinator");
        this.loop = node.loop();
        boot();
    }

    private void boot() {
        loop.execute(() -> {
            MachineHost<GroupCommand, GroupRecord, Response> fresh = new MachineHost<>(
                    loop,
                    new SimJournal(world, loop, content),
                    new MachineHost.Hosted<>("groups", new Groups(config), new GroupCodec()),
                    1_000);
            host = fresh;
            fresh.load(List.of(new GroupCommand.WorldChanged(image), new GroupCommand.Loaded()));
        });
    }

    /// Everything in memory is gone, and of the log what was not committed, perhaps.
    void crash() {
        node.kill();
        host = null;
        content.crash(world);
        node = new SimNode(world, "coordinator");
        loop = node.loop();
        boot();
    }

    void image(ClusterImage changed) {
        image = changed;
        loop.execute(() -> {
            if (host != null) {
                host.submit(new GroupCommand.WorldChanged(changed));
            }
        });
    }

    /// Delivers a request; the answer is given on the coordinator's loop, or never.
    void deliver(GroupCommand command, Consumer<Answer<Response>> answered) {
        loop.execute(() -> {
            if (host != null) {
                host.submit(command).thenAccept(answered);
            }
        });
    }
}
