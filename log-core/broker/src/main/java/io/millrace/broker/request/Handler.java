package io.millrace.broker.request;

import io.millrace.protocol.Request;
import io.millrace.protocol.Response;
import java.util.concurrent.CompletionStage;

/// Answers one API.
public interface Handler<Q extends Request, P extends Response> {
    /// Called on the connection's loop; never blocks. May complete on any loop. Completing
    /// exceptionally is a bug, or [io.millrace.protocol.MalformedFrame], and closes the connection.
    CompletionStage<P> handle(Q request, RequestContext context);
}
