package io.millrace.broker;

import io.millrace.protocol.Api;
import io.millrace.protocol.Request;
import io.millrace.protocol.WireWriter;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractRequest;

/// One request of a client that may do nothing.
///
/// @param errors what the answer says and how often, as Kafka's client counts it
/// @param asks operations and resources that the authorizer is asked about, in the order of the
///     alphabet
record DeniedRequest(Request request, Map<Errors, Integer> errors, String asks) {
    Api api() {
        return request.api();
    }

    short version() {
        return (short) api().maxVersion();
    }

    /// A request that is refused as a whole: Kafka's own classes tell how its API says so.
    static DeniedRequest whole(Request request, Errors error, String asks) {
        WireWriter out = new WireWriter();
        short version = (short) request.api().maxVersion();
        request.write(out, version);
        AbstractRequest theirs = AbstractRequest.parseRequest(
                        ApiKeys.forId(request.api().key()),
                        version,
                        new ByteBufferAccessor(out.toBuffer()))
                .request;
        return new DeniedRequest(
                request,
                new TreeMap<>(theirs.getErrorResponse(0, error.exception()).errorCounts()),
                asks);
    }

    /// A request with items that are refused each for itself.
    static DeniedRequest items(Request request, Map<Errors, Integer> errors, String asks) {
        return new DeniedRequest(request, new TreeMap<>(errors), asks);
    }

    /// A request, and what its answer says once.
    static DeniedRequest once(Request request, Errors error, String asks) {
        return items(request, Map.of(error, 1), asks);
    }
}
