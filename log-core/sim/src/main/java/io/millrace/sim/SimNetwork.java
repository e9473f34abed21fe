package io.millrace.sim;

import io.millrace.host.FileRegion;
import io.millrace.protocol.Check;
import io.millrace.protocol.Records;
import io.millrace.protocol.WirePart;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Connections between the loops of simulated nodes. Within one, frames arrive whole and in order,
/// each after a delay of its own; across connections there is no order. Losing data closes the
/// connection, as TCP does. Nodes that are apart reach each other no more: their frames wait, and
/// connections may break.
public final class SimNetwork {
    private static final long NANOS_A_MS = 1_000_000;

    private final SimWorld world;
    private final List<SimConnection> connections = new ArrayList<>();
    private final Set<String> cut = new TreeSet<>();
    private long largestDelayNanos = 2 * NANOS_A_MS;
    private int liveFrames;

    public SimNetwork(SimWorld world) {
        this.world = world;
    }

    /// The two ends of a new connection, each on its own loop.
    public record Pair(SimConnection client, SimConnection server) {}

    /// Connects two loops; `client` and `server` name their nodes.
    public Pair connect(String client, SimLoop clientLoop, String server, SimLoop serverLoop) {
        SimConnection one = new SimConnection(this, client, server, clientLoop);
        SimConnection two = new SimConnection(this, server, client, serverLoop);
        one.join(two);
        two.join(one);
        connections.add(one);
        connections.add(two);
        return new Pair(one, two);
    }

    /// Frames take up to this long.
    public void delayMs(long most) {
        largestDelayNanos = Math.max(1, most * NANOS_A_MS);
    }

    /// Keeps the two nodes apart until `heal`; with `breaks`, their connections close.
    public void partition(String one, String other, boolean breaks) {
        cut.add(key(one, other));
        if (breaks) {
            for (SimConnection connection : List.copyOf(connections)) {
                if (connection.isBetween(one, other)) {
                    connection.breakOff("the network is cut");
                }
            }
        }
    }

    public void heal() {
        cut.clear();
        connections.forEach(SimConnection::pump);
    }

    /// Every connection of the node breaks: it has crashed.
    public void crashed(String node) {
        for (SimConnection connection : List.copyOf(connections)) {
            if (connection.isOf(node)) {
                connection.breakOff(node + " is gone");
            }
        }
    }

    /// Frames that were handed out and not released yet: 0 at the end of a run without a leak.
    public int liveFrames() {
        return liveFrames;
    }

    boolean isCut(String one, String other) {
        return cut.contains(key(one, other));
    }

    private static String key(String one, String other) {
        return one.compareTo(other) < 0 ? one + "|" + other : other + "|" + one;
    }

    long delayNanos() {
        return world.random().nextLong(largestDelayNanos);
    }

    SimWorld world() {
        return world;
    }

    void frameBorn() {
        liveFrames++;
    }

    void frameGone() {
        liveFrames--;
    }

    void forget(SimConnection connection) {
        connections.remove(connection);
    }

    /// What a socket would send, without the length in front.
    static ByteBuffer bytes(List<WirePart> parts) {
        int size = parts.stream().mapToInt(WirePart::sizeInBytes).sum();
        ByteBuffer all = ByteBuffer.allocate(size);
        for (WirePart part : parts) {
            switch (part) {
                case WirePart.Bytes bytes -> all.put(bytes.buffer());
                case Records.InMemory records -> all.put(records.buffer());
                case FileRegion region -> all.put(content(region));
                default -> throw Check.failed("an unknown part of a frame");
            }
        }
        all.flip();
        Check.that(
                all.remaining() >= 4 && all.getInt(0) == all.remaining() - 4,
                "a frame does not have the length it claims");
        return all.position(4).slice();
    }

    private static ByteBuffer content(FileRegion region) {
        ByteBuffer bytes = ByteBuffer.allocate(region.sizeInBytes());
        try {
            region.file().read(bytes, region.position());
        } catch (IOException e) {
            throw Check.failed("a region of a file cannot be sent: " + e);
        }
        Check.that(!bytes.hasRemaining(), "a region is longer than its file");
        return bytes.flip();
    }
}
