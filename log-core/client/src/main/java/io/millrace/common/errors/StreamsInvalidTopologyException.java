package io.millrace.common.errors;

/// The server answered `STREAMS_INVALID_TOPOLOGY`.
public class StreamsInvalidTopologyException extends ApiException {
    private static final long serialVersionUID = 1L;

    public StreamsInvalidTopologyException(String message) {
        super(message);
    }

    public StreamsInvalidTopologyException(String message, Throwable cause) {
        super(message, cause);
    }
}
