package io.millrace.metrics;

import io.millrace.protocol.Api;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.WireWriter;
import java.util.EnumMap;
import java.util.Map;

/// What one loop has answered, by API.
///
/// Owner thread: the loop; a copy is whoever's asked for it.
public final class RequestCounters {
    private static final ErrorCode[] ERRORS = ErrorCode.values();

    private final Map<Api, OfApi> byApi = new EnumMap<>(Api.class);

    /// What one API was asked, and how that went.
    static final class OfApi {
        final Histogram nanos;
        final long[] errors = new long[ERRORS.length];
        long requestBytes;
        long responseBytes;

        OfApi() {
            nanos = Histogram.ofNanos();
        }

        private void taken(long took, int bytes) {
            nanos.record(took);
            requestBytes += bytes;
        }

        private void add(OfApi other) {
            nanos.add(other.nanos);
            requestBytes += other.requestBytes;
            responseBytes += other.responseBytes;
            for (int i = 0; i < errors.length; i++) {
                errors[i] += other.errors[i];
            }
        }
    }

    /// A request that nobody waits for an answer to.
    public void taken(Api api, long nanos, int requestBytes) {
        of(api).taken(nanos, requestBytes);
    }

    private OfApi of(Api api) {
        return byApi.computeIfAbsent(api, _ -> new OfApi());
    }

    /// @param nanos from the whole request to the answer's turn to be sent
    /// @param response what the answer was written with
    public void answered(Api api, long nanos, int requestBytes, WireWriter response) {
        OfApi counters = of(api);
        counters.taken(nanos, requestBytes);
        counters.responseBytes += response.size();
        if (response.hasErrors()) {
            for (int i = 0; i < ERRORS.length; i++) {
                counters.errors[i] += response.errors(ERRORS[i]);
            }
        }
    }

    /// Adds what another loop has counted.
    void add(RequestCounters other) {
        other.byApi.forEach((api, counters) -> of(api).add(counters));
    }

    /// On the loop.
    public RequestCounters copy() {
        RequestCounters copy = new RequestCounters();
        copy.add(this);
        return copy;
    }

    Map<Api, OfApi> byApi() {
        return byApi;
    }
}
