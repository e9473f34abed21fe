package io.millrace.clients.admin;

/// A replica in a log directory.
public record ReplicaInfo(long size, long offsetLag, boolean isFuture) {}
