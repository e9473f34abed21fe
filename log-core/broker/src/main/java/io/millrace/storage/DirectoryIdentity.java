package io.millrace.storage;

import io.millrace.protocol.Uuid;

/// Whose a log directory is: the content of `meta.properties`, version 1.
public record DirectoryIdentity(String clusterId, int nodeId, Uuid directoryId) {}
