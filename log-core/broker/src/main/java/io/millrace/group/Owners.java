package io.millrace.group;

import io.millrace.cluster.SortedTree;
import io.millrace.protocol.Uuid;

/// Who holds which partition, while it is changed. In a compacted log a member's older record can
/// follow the new holder's: so a member releases only what still counts as its own.
final class Owners {
    private SortedTree<Uuid, SortedTree<Integer, String>> tree;

    Owners(SortedTree<Uuid, SortedTree<Integer, String>> tree) {
        this.tree = tree;
    }

    SortedTree<Uuid, SortedTree<Integer, String>> tree() {
        return tree;
    }

    void held(ConsumerMember member) {
        held(member.assigned(), member.id());
        held(member.revoking(), member.id());
    }

    void released(ConsumerMember member) {
        released(member.assigned(), member.id());
        released(member.revoking(), member.id());
    }

    private void held(SortedTree<Uuid, SortedTree<Integer, Integer>> partitions, String memberId) {
        for (SortedTree.Entry<Uuid, SortedTree<Integer, Integer>> topic : partitions) {
            SortedTree<Integer, String> holders =
                    tree.getOrDefault(topic.key(), SortedTree.empty());
            for (SortedTree.Entry<Integer, Integer> partition : topic.value()) {
                holders = holders.with(partition.key(), memberId);
            }
            tree = tree.with(topic.key(), holders);
        }
    }

    private void released(
            SortedTree<Uuid, SortedTree<Integer, Integer>> partitions, String memberId) {
        for (SortedTree.Entry<Uuid, SortedTree<Integer, Integer>> topic : partitions) {
            SortedTree<Integer, String> holders =
                    tree.getOrDefault(topic.key(), SortedTree.empty());
            for (SortedTree.Entry<Integer, Integer> partition : topic.value()) {
                if (memberId.equals(holders.get(partition.key()))) {
                    holders = holders.without(partition.key());
                }
            }
            tree = holders.isEmpty() ? tree.without(topic.key()) : tree.with(topic.key(), holders);
        }
    }
}
