package io.millrace.broker.handler;

import io.millrace.broker.request.ControllerLink;
import io.millrace.broker.request.Handler;
import io.millrace.broker.request.RequestContext;
import io.millrace.cluster.ControllerCommand;
import io.millrace.host.Answer;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.Request;
import io.millrace.protocol.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Passes a request on to the controller, whose reply is the answer; what the controller refuses is
/// said in the API's own way.
final class ForwardingHandler<Q extends Request, P extends Response> implements Handler<Q, P> {
    private static final Logger LOG = LoggerFactory.getLogger(ForwardingHandler.class);

    /// Makes a command of a request in some version.
    interface Translation<Q> {
        ControllerCommand command(Q request, int version);
    }

    private final Guard<Q, P> guard;
    private final ControllerLink controller;
    private final Class<P> type;
    private final Translation<Q> translation;
    private final BiFunction<Q, ErrorCode, P> refusal;

    /// @param guard which part of a request is passed on
    ForwardingHandler(
            Guard<Q, P> guard,
            ControllerLink controller,
            Class<P> type,
            Translation<Q> translation,
            BiFunction<Q, ErrorCode, P> refusal) {
        this.guard = guard;
        this.controller = controller;
        this.type = type;
        this.translation = translation;
        this.refusal = refusal;
    }

    @Override
    public CompletionStage<P> handle(Q request, RequestContext context) {
        List<P> refused = new ArrayList<>();
        SortedMap<ErrorCode, Q> parts = guard.parts(request, context);
        parts.forEach((error, part) -> {
            if (error != ErrorCode.NONE) {
                refused.add(refusal.apply(part, error));
            }
        });
        Q allowed = parts.get(ErrorCode.NONE);
        CompletionStage<Optional<P>> reply = allowed == null
                ? CompletableFuture.completedFuture(Optional.empty())
                : forward(allowed, context).thenApply(Optional::of);
        return reply.thenApply(it -> Stream.concat(refused.stream(), it.stream())
                .reduce(guard::joined)
                .orElseThrow());
    }

    private CompletionStage<P> forward(Q request, RequestContext context) {
        ControllerCommand command = translation.command(request, context.version());
        return controller.submit(command).thenApply(answer -> switch (answer) {
            case Answer.Replied<Response>(Response reply) -> type.cast(reply);
            case Answer.Refused<Response>(ErrorCode reason) -> {
                LOG.atDebug()
                        .addKeyValue("api", context.api())
                        .addKeyValue("reason", reason)
                        .log("The controller refused a request");
                yield refusal.apply(request, clientError(reason));
            }
        });
    }

    /// What coordinators say to clients means nothing to an admin client; it tries again on this.
    private static ErrorCode clientError(ErrorCode reason) {
        return reason == ErrorCode.COORDINATOR_LOAD_IN_PROGRESS ? ErrorCode.NOT_CONTROLLER : reason;
    }
}
