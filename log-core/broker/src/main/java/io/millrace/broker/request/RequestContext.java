package io.millrace.broker.request;

import io.millrace.host.Loop;
import io.millrace.protocol.Api;
import io.millrace.transport.Frame;
import org.jspecify.annotations.Nullable;

/// Where a request came from.
///
/// @param clientId the name the client gave itself, for logs and quotas @param host the address of
/// the client @param listener the name of the listener it came in by @param loop the connection's
/// @param frame what the request's records lie in; whoever keeps them beyond the answer retains it.
/// Only a produce request lies in shared memory: every other is the collector's, bytes fields
/// included. @param lifetime ends when the client is gone
public record RequestContext(
        Api api,
        int version,
        int correlationId,
        @Nullable String clientId,
        Principal principal,
        String host,
        String listener,
        Loop loop,
        Frame frame,
        Lifetime lifetime) {}
