package io.millrace.group;

import io.millrace.cluster.SortedTree;
import java.util.function.BiConsumer;

/// What a coordinator knows of its groups at one moment. Immutable: it may be looked through
/// anywhere, while the coordinator goes on.
public final class GroupCensus {
    private final GroupState state;

    GroupCensus(GroupState state) {
        this.state = state;
    }

    /// Each group, in order of their names.
    public void forEach(BiConsumer<String, String> idAndState) {
        state.groups()
                .forEach(group -> idAndState.accept(group.key(), group.value().stateName()));
    }

    /// How far a group has come, in order of topics and partitions.
    public void offsets(String groupId, Position position) {
        SortedTree<OffsetKey, CommittedOffset> offsets = state.offsetsOf(groupId);
        for (SortedTree.Entry<OffsetKey, CommittedOffset> each : offsets) {
            position.at(each.key().topic(), each.key().partition(), each.value().offset());
        }
    }

    /// Takes an offset that a group has committed.
    public interface Position {
        void at(String topic, int partition, long offset);
    }
}
