package io.millrace.common.errors;

/// The server answered `STREAMS_TOPOLOGY_DESCRIPTION_UPDATE_FAILED`.
public class StreamsTopologyDescriptionUpdateFailedException extends ApiException {
    private static final long serialVersionUID = 1L;

    public StreamsTopologyDescriptionUpdateFailedException(String message) {
        super(message);
    }

    public StreamsTopologyDescriptionUpdateFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
