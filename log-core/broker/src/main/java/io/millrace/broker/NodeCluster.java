package io.millrace.broker;

import io.millrace.broker.handler.QuorumView;
import io.millrace.broker.metadata.ClusterDriver;
import io.millrace.broker.metadata.MetadataLog;
import io.millrace.broker.request.ClusterView;
import io.millrace.broker.request.ControllerLink;
import io.millrace.cluster.ClusterImage;
import io.millrace.cluster.Controller;
import io.millrace.cluster.ControllerCommand;
import io.millrace.host.Answer;
import io.millrace.host.Loop;
import io.millrace.protocol.Response;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/// The cluster as this node knows it, and its controller, which is this node.
record NodeCluster(ClusterDriver driver, String clusterId, int nodeId, QuorumView.Voter self)
        implements ClusterView, ControllerLink, QuorumView {
    /// Reads the metadata log. Blocks.
    static ClusterDriver load(BrokerConfig config, Loop home, MetadataLog log) {
        NodeSettings node = config.node();
        Controller.Limits limits = new Controller.Limits(
                node.numPartitions(), (short) node.replicationFactor(), node.canDeleteTopics());
        ClusterDriver driver = new ClusterDriver(
                home,
                log,
                () -> new Controller(limits, config.configurations()),
                config.snapshots());
        CompletableFuture<ClusterImage> loaded = new CompletableFuture<>();
        home.execute(() -> driver.load().whenComplete((image, failure) -> {
            if (failure == null) {
                loaded.complete(image);
            } else {
                loaded.completeExceptionally(failure);
            }
        }));
        join(loaded);
        return driver;
    }

    /// Runs the task on the loop and waits for it. Blocks.
    static void await(Loop loop, Runnable task) {
        join(CompletableFuture.runAsync(task, loop));
    }

    /// Throws what the stage failed with, as it is.
    static <T> T join(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    @Override
    public ClusterImage image() {
        return driver.image();
    }

    @Override
    public long imageOffset() {
        return driver.publishedEnd() - 1;
    }

    @Override
    public CompletionStage<Answer<Response>> submit(ControllerCommand command) {
        return driver.submit(command);
    }

    /// The quorum is this node.
    @Override
    public List<Voter> voters() {
        return List.of(self);
    }

    @Override
    public int leader() {
        return nodeId;
    }

    @Override
    public int leaderEpoch() {
        return driver.epoch();
    }

    @Override
    public long highWatermark() {
        return driver.publishedEnd();
    }

    @Override
    public long endOffset() {
        return driver.publishedEnd();
    }

    @Override
    public long nowMs() {
        return System.currentTimeMillis();
    }
}
