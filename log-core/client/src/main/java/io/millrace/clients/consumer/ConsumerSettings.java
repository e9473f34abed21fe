package io.millrace.clients.consumer;

import io.millrace.common.IsolationLevel;
import io.millrace.config.Setting;
import io.millrace.protocol.Check;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Settings of the consumer beside those of all clients.
record ConsumerSettings(
        @Setting(
                key = "group.id",
                value = Setting.UNSET,
                help = "The group the consumer belongs to.")
        @Nullable
        String groupId,

        @Setting(
                key = "group.instance.id",
                value = Setting.UNSET,
                help = "Makes a static member, which keeps its partitions over a restart.")
        @Nullable
        String groupInstanceId,

        @Setting(
                key = "group.protocol",
                value = "classic",
                oneOf = {"classic", "consumer"},
                help = "Whether members or the server distribute partitions.")
        String groupProtocol,

        @Setting(
                key = "group.remote.assignor",
                value = Setting.UNSET,
                help = "The server's assignor (group.protocol=consumer).")
        @Nullable
        String remoteAssignor,

        @Setting(
                key = "session.timeout.ms",
                value = "45000",
                range = "0..",
                help = "A member that is silent for so long is out (group.protocol=classic).")
        int sessionTimeoutMs,

        @Setting(
                key = "heartbeat.interval.ms",
                value = "3000",
                range = "0..",
                help = "How often a member says that it lives (group.protocol=classic).")
        int heartbeatIntervalMs,

        @Setting(
                key = "max.poll.interval.ms",
                value = "300000",
                range = "1..",
                help = "A member that does not poll for so long leaves the group.")
        int maxPollIntervalMs,

        @Setting(
                key = "max.poll.records",
                value = "500",
                range = "1..",
                help = "The most records that one poll returns.")
        int maxPollRecords,

        @Setting(
                key = "partition.assignment.strategy",
                value = "io.millrace.clients.consumer.RangeAssignor,"
                        + "io.millrace.clients.consumer.CooperativeStickyAssignor",
                help = "Assignors in order of preference (group.protocol=classic).")
        List<String> assignors,

        @Setting(
                key = "enable.auto.commit",
                value = "true",
                help = "Whether positions are committed from time to time.")
        boolean autoCommit,

        @Setting(
                key = "auto.commit.interval.ms",
                value = "5000",
                range = "0..",
                help = "How often positions are committed.")
        int autoCommitIntervalMs,

        @Setting(
                key = "auto.offset.reset",
                value = "latest",
                help = "Where to read when nothing is committed: earliest, latest, none, or "
                        + "by_duration:PnDTnHnMn.nS for so long ago.")
        String autoOffsetReset,

        @Setting(
                key = "fetch.min.bytes",
                value = "1",
                range = "0..",
                help = "The server answers when it has so many bytes.")
        int fetchMinBytes,

        @Setting(
                key = "fetch.max.bytes",
                value = "52428800",
                range = "0..",
                help = "The most bytes of an answer.")
        int fetchMaxBytes,

        @Setting(
                key = "max.partition.fetch.bytes",
                value = "1048576",
                range = "0..",
                help = "The most bytes of a partition in an answer.")
        int partitionFetchBytes,

        @Setting(
                key = "fetch.max.wait.ms",
                value = "500",
                range = "0..",
                help = "How long the server may wait for fetch.min.bytes.")
        int fetchMaxWaitMs,

        @Setting(key = "check.crcs", value = "true", help = "Whether checksums are checked.")
        boolean checkCrcs,

        @Setting(
                key = "isolation.level",
                value = "read_uncommitted",
                oneOf = {"read_uncommitted", "read_committed"},
                help = "Whether records of open and aborted transactions are left out.")
        String isolation,

        @Setting(
                key = "client.rack",
                value = "",
                help = "Where the client stands: a follower there " + "may serve it.")
        String rack,

        @Setting(
                key = "default.api.timeout.ms",
                value = "60000",
                range = "0..",
                help = "How long calls without a timeout wait.")
        int defaultApiTimeoutMs,

        @Setting(
                key = "allow.auto.create.topics",
                value = "true",
                help = "Whether subscribing may create topics.")
        boolean autoCreateTopics,

        @Setting(
                key = "exclude.internal.topics",
                value = "true",
                help = "Whether patterns leave internal topics out.")
        boolean excludeInternalTopics,

        @Setting(key = "interceptor.classes", value = "", help = "Classes that see every record.")
        List<String> interceptors,

        @Setting(
                key = "key.deserializer",
                value = Setting.UNSET,
                isClass = true,
                help = "Reads keys.")
        @Nullable
        String keyDeserializer,

        @Setting(
                key = "value.deserializer",
                value = Setting.UNSET,
                isClass = true,
                help = "Reads values.")
        @Nullable
        String valueDeserializer) {
    ConsumerSettings {
        OffsetReset.parse(autoOffsetReset);
        if (groupProtocol.equals("classic")) {
            Check.setting(
                    heartbeatIntervalMs < sessionTimeoutMs,
                    "heartbeat.interval.ms must be below session.timeout.ms");
        }
    }

    IsolationLevel isolationLevel() {
        return isolation.equals("read_committed")
                ? IsolationLevel.READ_COMMITTED
                : IsolationLevel.READ_UNCOMMITTED;
    }

    OffsetReset offsetReset() {
        return OffsetReset.parse(autoOffsetReset);
    }

    boolean isConsumerProtocol() {
        return groupProtocol.equals("consumer");
    }
}
