package io.millrace.clients.network;

import java.util.Map;
import java.util.TreeMap;

/// What Kafka's administration client has and ours has not, and why.
final class AdminGaps {
    private static final String METRICS = "the clients have no metrics of their own yet";
    private static final String TRANSACTIONS = "transactions come later";
    private static final String SECURITY = "principals and their rights come later";
    private static final String SEVERAL = "it matters with several nodes, which come later";
    private static final String SHARE = "share groups come later";
    private static final String STREAMS = "streams groups come later";
    private static final String QUOTAS = "quotas are stored and not enforced yet";
    private static final String OLD = "the older name of another method";
    private static final String TIMEOUT =
            "options whose only setting is a timeout: default.api.timeout.ms holds";

    /// Methods of which there is none.
    static final Map<String, String> WHOLLY = wholly();

    /// Methods of which some overloads are missing.
    static final Map<String, String> PARTLY = partly();

    private AdminGaps() {}

    private static Map<String, String> wholly() {
        Map<String, String> gaps = new TreeMap<>();
        put(
                gaps,
                METRICS,
                "clientInstanceId",
                "metrics",
                "registerMetricForSubscription",
                "unregisterMetricFromSubscription");
        put(
                gaps,
                TRANSACTIONS,
                "abortTransaction",
                "describeTransactions",
                "fenceProducers",
                "forceTerminateTransaction",
                "listTransactions");
        put(
                gaps,
                SECURITY,
                "alterUserScramCredentials",
                "createAcls",
                "createDelegationToken",
                "deleteAcls",
                "describeAcls",
                "describeDelegationToken",
                "describeUserScramCredentials",
                "expireDelegationToken",
                "renewDelegationToken");
        put(
                gaps,
                SEVERAL,
                "addRaftVoter",
                "alterPartitionReassignments",
                "describeReplicaLogDirs",
                "electLeaders",
                "listPartitionReassignments",
                "removeRaftVoter",
                "unregisterBroker");
        put(
                gaps,
                SHARE,
                "alterShareGroupOffsets",
                "deleteShareGroupOffsets",
                "deleteShareGroups",
                "describeShareGroups",
                "listShareGroupOffsets");
        put(
                gaps,
                STREAMS,
                "alterStreamsGroupOffsets",
                "deleteStreamsGroupOffsets",
                "deleteStreamsGroups",
                "describeStreamsGroups",
                "listStreamsGroupOffsets");
        put(gaps, QUOTAS, "alterClientQuotas", "describeClientQuotas");
        put(gaps, OLD, "listClientMetricsResources", "listConsumerGroups");
        put(gaps, "groups of other types than consumers come later", "describeClassicGroups");
        return gaps;
    }

    private static Map<String, String> partly() {
        Map<String, String> gaps = new TreeMap<>();
        put(
                gaps,
                TIMEOUT,
                "alterConsumerGroupOffsets",
                "alterReplicaLogDirs",
                "deleteConsumerGroupOffsets",
                "deleteConsumerGroups",
                "deleteRecords",
                "describeConsumerGroups",
                "describeFeatures",
                "describeLogDirs",
                "describeMetadataQuorum",
                "describeProducers",
                "listConfigResources",
                "listConsumerGroupOffsets");
        put(gaps, "by names, not by ids; " + TIMEOUT, "deleteTopics", "describeTopics");
        return gaps;
    }

    private static void put(Map<String, String> gaps, String reason, String... methods) {
        for (String method : methods) {
            gaps.put(method, reason);
        }
    }
}
