package io.millrace.metrics;

import java.util.List;

/// Every family of figures there is, in the order in which they are shown. docs/metrics.md is
/// written from it.
enum Family {
    BUILD("millrace_build_info", Kind.GAUGE, "1; which version this is.", "version"),
    REQUEST_TIME(
            "millrace_request_duration_seconds",
            Kind.HISTOGRAM,
            "Requests and how long each took, from when it was read to when its answer was sent; "
                    + "for fetches and joins that includes the time they were meant to wait.",
            "api"),
    REQUEST_ERRORS(
            "millrace_request_errors",
            Kind.COUNTER,
            "Errors in answers; one answer may hold several, one a partition.",
            "api",
            "error"),
    REQUEST_BYTES("millrace_request_bytes", Kind.COUNTER, "Bytes of requests.", "api"),
    RESPONSE_BYTES("millrace_response_bytes", Kind.COUNTER, "Bytes of answers.", "api"),
    TOPIC_BYTES_IN(
            "millrace_topic_received_bytes",
            Kind.COUNTER,
            "Bytes appended, as they were sent: compressed ones stay so.",
            "topic"),
    TOPIC_RECORDS_IN("millrace_topic_received_records", Kind.COUNTER, "Records appended.", "topic"),
    TOPIC_BYTES_OUT(
            "millrace_topic_sent_bytes",
            Kind.COUNTER,
            "Bytes of records sent to readers.",
            "topic"),
    CONNECTIONS("millrace_connections", Kind.GAUGE, "Connections of clients that are open."),
    CONNECTIONS_ACCEPTED(
            "millrace_connections_accepted", Kind.COUNTER, "Connections that were let in."),
    CONNECTIONS_REFUSED(
            "millrace_connections_refused",
            Kind.COUNTER,
            "Connections that were one too many (`max.connections`, `max.connections.per.ip`)."),
    REQUEST_MEMORY(
            "millrace_request_memory_bytes",
            Kind.GAUGE,
            "Requests that are being read or answered, in bytes."),
    REQUEST_MEMORY_LIMIT(
            "millrace_request_memory_limit_bytes",
            Kind.GAUGE,
            "How much that may be (`queued.max.request.bytes`)."),
    FETCH_SESSIONS("millrace_fetch_sessions", Kind.GAUGE, "Fetch sessions that are remembered."),
    WAITING_PRODUCES(
            "millrace_waiting_produces",
            Kind.GAUGE,
            "Appends whose acknowledgement waits for the disk."),
    WAITING_FETCHES(
            "millrace_waiting_fetches", Kind.GAUGE, "Fetches that wait for more to be appended."),
    PARTITIONS("millrace_partitions", Kind.GAUGE, "Partitions that this node leads."),
    START_OFFSET(
            "millrace_partition_start_offset",
            Kind.GAUGE,
            "The first offset that can be read.",
            "topic",
            "partition"),
    END_OFFSET(
            "millrace_partition_end_offset",
            Kind.GAUGE,
            "Where the next record goes.",
            "topic",
            "partition"),
    FLUSHED_OFFSET(
            "millrace_partition_flushed_offset",
            Kind.GAUGE,
            "What lies below survives a loss of power.",
            "topic",
            "partition"),
    HIGH_WATERMARK(
            "millrace_partition_high_watermark",
            Kind.GAUGE,
            "What lies below is shown to readers.",
            "topic",
            "partition"),
    SIZE("millrace_partition_size_bytes", Kind.GAUGE, "Size of the log.", "topic", "partition"),
    SYNC_TIME(
            "millrace_log_sync_seconds",
            Kind.HISTOGRAM,
            "Rounds of syncing logs to disk, the metadata log among them, and how long each"
                    + " took."),
    SYNC_FILES(
            "millrace_log_sync_files",
            Kind.HISTOGRAM,
            "Files and folders that went to disk together in a round."),
    DIRECTORY_ONLINE(
            "millrace_log_directory_online",
            Kind.GAUGE,
            "1, or 0 after the disk failed.",
            "directory"),
    DIRECTORY_FULL(
            "millrace_log_directory_full",
            Kind.GAUGE,
            "1 while there is no space and appends are refused.",
            "directory"),
    DIRECTORY_USABLE(
            "millrace_log_directory_usable_bytes",
            Kind.GAUGE,
            "Space left in the directory's file system.",
            "directory"),
    OFFLINE_DIRECTORIES(
            "millrace_offline_log_directories", Kind.GAUGE, "Log directories that failed."),
    GROUPS("millrace_groups", Kind.GAUGE, "Groups that this node coordinates.", "state"),
    GROUP_OFFSET(
            "millrace_group_committed_offset",
            Kind.GAUGE,
            "How far a group has come.",
            "group",
            "topic",
            "partition"),
    GROUP_LAG(
            "millrace_group_lag_records",
            Kind.GAUGE,
            "Offsets between what a group has committed and the high watermark; "
                    + "where this node leads the partition.",
            "group",
            "topic",
            "partition"),
    UNLISTED(
            "millrace_unlisted_rows",
            Kind.GAUGE,
            "Rows left out because a family may have 20,000: use sums over topics then.",
            "of"),
    MEMORY_USED("jvm_memory_used_bytes", Kind.GAUGE, "Java memory in use.", "area"),
    MEMORY_COMMITTED("jvm_memory_committed_bytes", Kind.GAUGE, "Java memory reserved.", "area"),
    MEMORY_MAX("jvm_memory_max_bytes", Kind.GAUGE, "Java memory at most; -1: no limit.", "area"),
    BUFFERS("jvm_buffer_pool_used_bytes", Kind.GAUGE, "Memory outside of the heap.", "pool"),
    COLLECTIONS("jvm_gc_collections", Kind.COUNTER, "Garbage collections.", "gc"),
    COLLECTION_TIME("jvm_gc_seconds", Kind.COUNTER, "Time taken by garbage collections.", "gc"),
    THREADS("jvm_threads", Kind.GAUGE, "Threads of the process, virtual ones apart."),
    CPU("process_cpu_seconds", Kind.COUNTER, "CPU time of the process."),
    RESIDENT("process_resident_memory_bytes", Kind.GAUGE, "Memory of the process; 0: unknown."),
    OPEN_FILES("process_open_fds", Kind.GAUGE, "Open files and sockets."),
    MAX_FILES("process_max_fds", Kind.GAUGE, "How many there may be (`ulimit -n`)."),
    STARTED("process_start_time_seconds", Kind.GAUGE, "When it started, in seconds since 1970."),
    UPTIME("process_uptime_seconds", Kind.GAUGE, "For how long it has run.");

    private final String title;
    private final Kind kind;
    private final String help;
    private final List<String> labels;

    Family(String title, Kind kind, String help, String... labels) {
        this.title = title;
        this.kind = kind;
        this.help = help;
        this.labels = List.of(labels);
    }

    /// Without the ending that counters have on their rows.
    String title() {
        return title;
    }

    Kind kind() {
        return kind;
    }

    String help() {
        return help;
    }

    List<String> labels() {
        return labels;
    }

    /// The name to ask for.
    String shownName() {
        return kind == Kind.COUNTER ? title + "_total" : title;
    }
}
