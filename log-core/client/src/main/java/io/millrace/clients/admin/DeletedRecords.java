package io.millrace.clients.admin;

/// Where the partition starts now.
public record DeletedRecords(long lowWatermark) {}
