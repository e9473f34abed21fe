package io.millrace.clients.network;

import io.millrace.common.Node;
import io.millrace.common.TopicPartition;
import io.millrace.common.errors.BrokerNotAvailableException;
import io.millrace.host.Loop;
import io.millrace.protocol.FindCoordinatorRequest;
import io.millrace.protocol.Request;
import io.millrace.protocol.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One client's view of a cluster and its connections to it: sends a request to a node, to any
/// node, to the controller or to a coordinator, and knows who leads what ({@link Metadata}). It
/// does not repeat requests by itself; {@link Retry} does where that is right.
///
/// Owner thread: the loop. Other threads come in by {@link #call}; `view` may be read anywhere.
public final class ClusterClient {
    /// Any version will do.
    public static final int ANY_VERSION = Integer.MAX_VALUE;

    private static final int COORDINATOR_IDS = 1 << 30;

    private final ClientNetwork network;
    private final Loop loop;
    private final ConnectionSettings settings;
    private final Map<Integer, NodeChannel> channels = new HashMap<>();
    private final List<Node> bootstrap;
    private final Metadata metadata;
    private final Coordinators coordinators;
    private boolean isClosed;

    public ClusterClient(ClientNetwork network, ConnectionSettings settings) {
        this.network = network;
        this.loop = network.loop();
        this.settings = settings;
        this.bootstrap = Bootstrap.parse(settings.bootstrapServers());
        this.metadata = new Metadata(this);
        this.coordinators = new Coordinators(this);
    }

    public Loop loop() {
        return loop;
    }

    public ConnectionSettings settings() {
        return settings;
    }

    public Metadata metadata() {
        return metadata;
    }

    public Coordinators coordinators() {
        return coordinators;
    }

    /// The newest view; may be read on any thread.
    public ClusterView view() {
        return metadata.view();
    }

    /// Runs `work` on the loop, from any thread, and passes its result on.
    public <T> CompletableFuture<T> call(Callable<CompletionStage<T>> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                work.call().whenComplete((value, failure) -> {
                    if (failure == null) {
                        result.complete(value);
                    } else {
                        result.completeExceptionally(Retry.bare(failure));
                    }
                });
            } catch (Exception e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    public CompletionStage<Response> send(int nodeId, Request request) {
        return send(nodeId, request, ANY_VERSION, settings.requestTimeoutMs());
    }

    public CompletionStage<Response> send(
            int nodeId, Request request, int maxVersion, int timeoutMs) {
        Node node = nodeId < 0 ? null : view().node(nodeId);
        if (node == null) {
            return CompletableFuture.failedFuture(
                    new BrokerNotAvailableException("There is no node " + nodeId));
        }
        return channel(node).send(request, maxVersion, timeoutMs);
    }

    /// To the node that has least to do, among those that can be reached.
    public CompletionStage<Response> sendToAny(Request request) {
        return sendToAny(request, ANY_VERSION);
    }

    public CompletionStage<Response> sendToAny(Request request, int maxVersion) {
        return channel(anyNode()).send(request, maxVersion, settings.requestTimeoutMs());
    }

    /// To the controller as clients see it: a broker that passes the request on.
    public CompletionStage<Response> sendToController(Request request) {
        int controller = view().controllerId();
        return view().node(controller) == null ? sendToAny(request) : send(controller, request);
    }

    /// To the coordinator of the group or transactional id; finds it first where need be.
    public CompletionStage<Response> sendToCoordinator(
            CoordinatorType type, String key, Request request, int timeoutMs) {
        return coordinators
                .find(type, key)
                .thenCompose(node -> sendTo(node, request, ANY_VERSION, timeoutMs)
                        .whenComplete((answer, failure) -> {
                            if (failure != null && Retry.isDisconnect(failure)) {
                                coordinators.forget(type, key);
                            }
                        }));
    }

    /// To a node whose address is known, such as a coordinator.
    public CompletionStage<Response> sendTo(
            Node node, Request request, int maxVersion, int timeoutMs) {
        return channel(coordinatorNode(node)).send(request, maxVersion, timeoutMs);
    }

    /// Coordinators have a connection of their own: a fetch that waits on the server holds up all
    /// that is sent behind it.
    private static Node coordinatorNode(Node node) {
        return new Node(COORDINATOR_IDS + node.id(), node.host(), node.port(), node.rack());
    }

    /// What {@link FindCoordinatorRequest} looks for.
    public enum CoordinatorType {
        GROUP,
        TRANSACTION,
        SHARE;

        byte id() {
            return (byte) ordinal();
        }
    }

    /// Tries again until it works, fails for good, or the time is up.
    public <T> CompletionStage<T> retry(long timeoutMs, Supplier<CompletionStage<T>> attempt) {
        return new Retry<>(loop, backoff(), timeoutMs, attempt).start();
    }

    public Backoff backoff() {
        return new Backoff(settings.retryBackoffMs(), settings.retryBackoffMaxMs());
    }

    /// Whether requests to the node go out at once.
    public boolean isReady(int nodeId) {
        NodeChannel channel = channels.get(nodeId);
        return channel != null && channel.isReady();
    }

    public boolean isBackingOff(int nodeId) {
        NodeChannel channel = channels.get(nodeId);
        return channel != null && channel.isBackingOff();
    }

    /// Requests to the node without an answer yet.
    public int pending(int nodeId) {
        NodeChannel channel = channels.get(nodeId);
        return channel == null ? 0 : channel.pending();
    }

    NodeChannel channel(Node node) {
        NodeChannel channel = channels.get(node.id());
        if (channel != null && isSameAddress(channel.node(), node)) {
            return channel;
        }
        if (channel != null) {
            channel.close();
        }
        NodeChannel made = new NodeChannel(network, settings, node);
        channels.put(node.id(), made);
        if (isClosed) {
            made.close();
        }
        return made;
    }

    private static boolean isSameAddress(Node one, Node other) {
        return one.port() == other.port() && one.host().equals(other.host());
    }

    /// Prefers ready nodes, then untried ones, and those that failed last of all.
    private Node anyNode() {
        List<Node> known = view().nodes();
        List<Node> candidates = known.isEmpty() || metadata.isRebootstrapping() ? bootstrap : known;
        List<Node> best = new ArrayList<>();
        int bestRank = Integer.MAX_VALUE;
        for (Node node : candidates) {
            int rank = rank(channels.get(node.id()));
            if (rank < bestRank) {
                bestRank = rank;
                best.clear();
            }
            if (rank == bestRank) {
                best.add(node);
            }
        }
        return best.get((int) Long.remainderUnsigned(loop.random(), best.size()));
    }

    private static int rank(@Nullable NodeChannel channel) {
        if (channel == null) {
            return 1_000_000;
        }
        if (channel.isReady()) {
            return channel.pending();
        }
        return channel.isBackingOff() ? 3_000_000 : 2_000_000;
    }

    /// Forgets connections to nodes that the cluster no longer has.
    void retain(ClusterView view) {
        channels.values().removeIf(channel -> {
            int id = channel.node().id();
            int node = id >= COORDINATOR_IDS ? id - COORDINATOR_IDS : id;
            boolean gone = id >= 0 && view.node(node) == null && channel.pending() == 0;
            if (gone) {
                channel.close();
            }
            return gone;
        });
    }

    /// Takes over a leader that an answer named.
    public void leaderMoved(
            TopicPartition partition, int leader, int epoch, @Nullable Node address) {
        metadata.leaderMoved(partition, leader, epoch, address);
    }

    public boolean isClosed() {
        return isClosed;
    }

    /// Called on the loop; what waits fails.
    public void close() {
        isClosed = true;
        metadata.close();
        channels.values().forEach(NodeChannel::close);
        channels.clear();
    }
}
