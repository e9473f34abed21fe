package io.millrace.common.errors;

/// The server answered `STREAMS_INVALID_TOPOLOGY_EPOCH`.
public class StreamsInvalidTopologyEpochException extends ApiException {
    private static final long serialVersionUID = 1L;

    public StreamsInvalidTopologyEpochException(String message) {
        super(message);
    }

    public StreamsInvalidTopologyEpochException(String message, Throwable cause) {
        super(message, cause);
    }
}
