package io.millrace.clients.consumer;

import io.millrace.common.TopicPartition;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// The consumer's part in a group, whichever protocol the group follows.
///
/// Owner thread: the loop; `metadata` may be read anywhere.
interface Membership {
    /// Who the consumer is in the group at the moment.
    ConsumerGroupMetadata metadata();

    /// Joins with this subscription, or goes on with it.
    void subscribe(Subscribed what);

    /// The program polled: it lives.
    void polled();

    void rejoin(String reason);

    /// Gives the partitions up and, where `tell`, says so to the group.
    CompletionStage<Void> leave(boolean tell);

    /// The view of the cluster changed.
    default void clusterChanged() {}

    /// What becomes of partitions; the calls are carried out on the thread that polls, in their
    /// order.
    interface Rebalance {
        /// Completes once the program gave the partitions up.
        CompletableFuture<Void> revoke(Set<TopicPartition> partitions);

        /// `all` are the partitions from now on, `added` those among them that are new.
        CompletableFuture<Void> assign(Set<TopicPartition> added, Set<TopicPartition> all);

        /// The partitions are gone already.
        CompletableFuture<Void> lose(Set<TopicPartition> partitions);

        /// The membership ended for good.
        void failed(RuntimeException reason);
    }
}
