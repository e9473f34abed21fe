package io.millrace.broker;

import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.ProduceResponse;
import io.millrace.protocol.Response;

/// Finds errors that a producer without acknowledgements cannot be told.
final class SilentErrors {
    private SilentErrors() {}

    static boolean isIn(Response response) {
        return response instanceof ProduceResponse produced
                && produced.responses().stream()
                        .flatMap(topic -> topic.partitionResponses().stream())
                        .anyMatch(partition -> partition.errorCode() != ErrorCode.NONE);
    }
}
