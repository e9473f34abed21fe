package io.millrace.clients.admin;

import io.millrace.common.TopicPartition;
import io.millrace.common.errors.ApiException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A log directory of a broker: what it holds, or why it is offline.
public record LogDirDescription(
        @Nullable ApiException error,
        Map<TopicPartition, ReplicaInfo> replicaInfos,
        OptionalLong totalBytes,
        OptionalLong usableBytes) {
    public LogDirDescription {
        replicaInfos = new LinkedHashMap<>(replicaInfos);
    }
}
