package io.millrace.common.errors;

/// The server answered `STREAMS_TOPOLOGY_FENCED`.
public class StreamsTopologyFencedException extends ApiException {
    private static final long serialVersionUID = 1L;

    public StreamsTopologyFencedException(String message) {
        super(message);
    }

    public StreamsTopologyFencedException(String message, Throwable cause) {
        super(message, cause);
    }
}
