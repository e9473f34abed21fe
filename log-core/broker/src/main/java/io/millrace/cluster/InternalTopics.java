package io.millrace.cluster;

import java.util.List;

/// Topics that belong to the brokers themselves.
public final class InternalTopics {
    public static final String OFFSETS = "__consumer_offsets";
    public static final String TRANSACTIONS = "__transaction_state";
    public static final String SHARE_STATE = "__share_group_state";
    public static final String METADATA = "__cluster_metadata";

    private static final List<String> ALL = List.of(OFFSETS, TRANSACTIONS, SHARE_STATE);

    private InternalTopics() {}

    public static boolean contains(String topic) {
        return ALL.contains(topic);
    }
}
