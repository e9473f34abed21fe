package io.millrace.broker.handler;

import static io.millrace.protocol.ErrorCode.INVALID_CONFIG;
import static io.millrace.protocol.ErrorCode.INVALID_REQUEST;

import io.millrace.broker.request.Authorizer;
import io.millrace.broker.request.ClusterView;
import io.millrace.broker.request.ControllerLink;
import io.millrace.broker.request.Handler;
import io.millrace.broker.request.Operation;
import io.millrace.broker.request.RequestContext;
import io.millrace.cluster.ConfigResource;
import io.millrace.cluster.ControllerCommand;
import io.millrace.cluster.Problem;
import io.millrace.protocol.AlterConfigsRequest;
import io.millrace.protocol.AlterConfigsResponse;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.IncrementalAlterConfigsRequest;
import io.millrace.protocol.IncrementalAlterConfigsRequest.AlterConfigsResource;
import io.millrace.protocol.IncrementalAlterConfigsRequest.AlterableConfig;
import io.millrace.protocol.IncrementalAlterConfigsResponse;
import io.millrace.protocol.IncrementalAlterConfigsResponse.AlterConfigsResourceResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// Changes configurations. Levels of loggers are this node's own affair and are set here;
/// everything else is the controller's.
public final class AlterConfigsHandler
        implements Handler<IncrementalAlterConfigsRequest, IncrementalAlterConfigsResponse> {
    private static final byte SET = 0;
    private static final byte DELETE = 1;
    private static final String ROOT = "root";
    private static final List<String> LEVELS =
            List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL");

    private final ControllerLink controller;
    private final ClusterView cluster;
    private final ConfigRights rights;
    private final LoggerLevels loggers;

    AlterConfigsHandler(
            ControllerLink controller,
            ClusterView cluster,
            Authorizer authorizer,
            LoggerLevels loggers) {
        this.controller = controller;
        this.cluster = cluster;
        this.rights = new ConfigRights(authorizer, Operation.ALTER_CONFIGS);
        this.loggers = loggers;
    }

    /// The older API, which replaces everything that is set.
    public Handler<AlterConfigsRequest, AlterConfigsResponse> replacing() {
        return new ForwardingHandler<>(
                Guard.ofItems(
                        new Guard.Items<>(
                                AlterConfigsRequest::resources,
                                AlterConfigsRequest::withResources,
                                (left, right) -> left.withResponses(
                                        Guard.both(left.responses(), right.responses()))),
                        (each, context) ->
                                rights.refusal(each.resourceType(), each.resourceName(), context)),
                controller,
                AlterConfigsResponse.class,
                (request, _) -> new ControllerCommand.AlterConfigs(request),
                (request, error) -> new AlterConfigsResponse(
                        0,
                        request.resources().stream()
                                .map(each -> new AlterConfigsResponse.AlterConfigsResourceResponse(
                                        error, null, each.resourceType(), each.resourceName()))
                                .toList()));
    }

    @Override
    public CompletionStage<IncrementalAlterConfigsResponse> handle(
            IncrementalAlterConfigsRequest request, RequestContext context) {
        List<AlterConfigsResource> forwarded =
                request.resources().stream().filter(each -> !isLogger(each)).toList();
        return new ForwardingHandler<
                        IncrementalAlterConfigsRequest, IncrementalAlterConfigsResponse>(
                        Guard.ofItems(
                                new Guard.Items<>(
                                        IncrementalAlterConfigsRequest::resources,
                                        IncrementalAlterConfigsRequest::withResources,
                                        (left, right) -> left.withResponses(
                                                Guard.both(left.responses(), right.responses()))),
                                (each, origin) -> rights.refusal(
                                        each.resourceType(), each.resourceName(), origin)),
                        controller,
                        IncrementalAlterConfigsResponse.class,
                        (changes, _) -> new ControllerCommand.IncrementalAlterConfigs(changes),
                        AlterConfigsHandler::refused)
                .handle(request.withResources(forwarded), context)
                .thenApply(answer -> withLoggers(request, answer, context));
    }

    private static boolean isLogger(AlterConfigsResource resource) {
        return resource.resourceType() == ConfigResource.Kind.BROKER_LOGGER.wireId();
    }

    private static IncrementalAlterConfigsResponse refused(
            IncrementalAlterConfigsRequest request, ErrorCode error) {
        return new IncrementalAlterConfigsResponse(
                0,
                request.resources().stream()
                        .map(each -> new AlterConfigsResourceResponse(
                                error, null, each.resourceType(), each.resourceName()))
                        .toList());
    }

    private IncrementalAlterConfigsResponse withLoggers(
            IncrementalAlterConfigsRequest request,
            IncrementalAlterConfigsResponse answer,
            RequestContext context) {
        List<AlterConfigsResourceResponse> responses = new ArrayList<>(answer.responses());
        for (AlterConfigsResource resource : request.resources()) {
            if (isLogger(resource)) {
                ErrorCode refusal =
                        rights.refusal(resource.resourceType(), resource.resourceName(), context);
                Problem problem = refusal == ErrorCode.NONE
                        ? change(resource, request.validateOnly())
                        : new Problem(refusal, null);
                responses.add(new AlterConfigsResourceResponse(
                        problem.error(),
                        problem.message(),
                        resource.resourceType(),
                        resource.resourceName()));
            }
        }
        return answer.withResponses(responses);
    }

    private Problem change(AlterConfigsResource resource, boolean validateOnly) {
        if (!resource.resourceName().equals(Integer.toString(cluster.nodeId()))) {
            return new Problem(INVALID_REQUEST, "Loggers are set on the node that has them.");
        }
        for (AlterableConfig config : resource.configs()) {
            byte operation = config.configOperation();
            if (operation != SET && operation != DELETE) {
                return new Problem(INVALID_REQUEST, "A logger's level is set or deleted.");
            }
            if (operation == SET && !LEVELS.contains(config.value())) {
                return new Problem(
                        INVALID_CONFIG, "A level is one of " + String.join(", ", LEVELS) + ".");
            }
            if (operation == DELETE && config.name().equals(ROOT)) {
                return new Problem(INVALID_REQUEST, "The root logger keeps a level.");
            }
            if (!loggers.levels().containsKey(config.name())) {
                return new Problem(INVALID_CONFIG, "There is no logger " + config.name() + ".");
            }
        }
        if (!validateOnly) {
            for (AlterableConfig config : resource.configs()) {
                loggers.set(config.name(), config.configOperation() == SET ? config.value() : null);
            }
        }
        return Problem.NONE;
    }
}
