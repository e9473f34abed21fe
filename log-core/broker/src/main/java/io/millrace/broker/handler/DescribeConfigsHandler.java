package io.millrace.broker.handler;

import static io.millrace.protocol.ErrorCode.INVALID_REQUEST;
import static io.millrace.protocol.ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;

import io.millrace.broker.request.Authorizer;
import io.millrace.broker.request.ClusterView;
import io.millrace.broker.request.Handler;
import io.millrace.broker.request.Operation;
import io.millrace.broker.request.RequestContext;
import io.millrace.cluster.ClusterImage;
import io.millrace.cluster.ConfigResource;
import io.millrace.cluster.Configurations;
import io.millrace.cluster.Problem;
import io.millrace.cluster.TopicNames;
import io.millrace.config.Setting;
import io.millrace.protocol.DescribeConfigsRequest;
import io.millrace.protocol.DescribeConfigsRequest.DescribeConfigsResource;
import io.millrace.protocol.DescribeConfigsResponse;
import io.millrace.protocol.DescribeConfigsResponse.DescribeConfigsResourceResult;
import io.millrace.protocol.DescribeConfigsResponse.DescribeConfigsResult;
import io.millrace.protocol.DescribeConfigsResponse.DescribeConfigsSynonym;
import io.millrace.protocol.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Tells configurations: each value, where it comes from, and what would hold without it.
public final class DescribeConfigsHandler
        implements Handler<DescribeConfigsRequest, DescribeConfigsResponse> {
    private static final int TYPES_SINCE = 3;

    private final ClusterView cluster;
    private final Configurations configurations;
    private final LoggerLevels loggers;
    private final ConfigRights rights;

    DescribeConfigsHandler(
            ClusterView cluster,
            Configurations configurations,
            LoggerLevels loggers,
            Authorizer authorizer) {
        this.cluster = cluster;
        this.rights = new ConfigRights(authorizer, Operation.DESCRIBE_CONFIGS);
        this.configurations = configurations;
        this.loggers = loggers;
    }

    @Override
    public CompletionStage<DescribeConfigsResponse> handle(
            DescribeConfigsRequest request, RequestContext context) {
        ClusterImage image = cluster.image();
        List<DescribeConfigsResult> results = new ArrayList<>();
        List<DescribeConfigsResult> refused = new ArrayList<>();
        for (DescribeConfigsResource wanted : request.resources()) {
            ErrorCode refusal =
                    rights.refusal(wanted.resourceType(), wanted.resourceName(), context);
            if (refusal != ErrorCode.NONE) {
                refused.add(new DescribeConfigsResult(
                        refusal,
                        refusal.message(),
                        wanted.resourceType(),
                        wanted.resourceName(),
                        List.of()));
                continue;
            }
            ConfigResource resource = new ConfigResource(
                    ConfigResource.Kind.of(wanted.resourceType()), wanted.resourceName());
            Problem problem = check(image, resource);
            List<DescribeConfigsResourceResult> configs = new ArrayList<>();
            if (problem.isNone()) {
                describe(image, resource, request).stream()
                        .filter(each -> isWanted(wanted, each.name()))
                        .map(each -> context.version() >= TYPES_SINCE
                                ? each
                                : each.withConfigType((byte) 0))
                        .forEach(configs::add);
            }
            results.add(new DescribeConfigsResult(
                    problem.error(),
                    problem.message(),
                    wanted.resourceType(),
                    wanted.resourceName(),
                    configs));
        }
        results.addAll(refused);
        return CompletableFuture.completedFuture(new DescribeConfigsResponse(0, results));
    }

    private static boolean isWanted(DescribeConfigsResource resource, String key) {
        List<String> keys = resource.configurationKeys();
        return keys == null || keys.isEmpty() || keys.contains(key);
    }

    private Problem check(ClusterImage image, ConfigResource resource) {
        String name = resource.name();
        boolean isHere = name.equals(Integer.toString(cluster.nodeId()));
        return switch (resource.kind()) {
            case TOPIC -> {
                Problem problem = TopicNames.check(name);
                yield problem.isNone() && image.topic(name) == null
                        ? new Problem(UNKNOWN_TOPIC_OR_PARTITION, null)
                        : problem;
            }
            case BROKER -> name.isEmpty() || isHere ? Problem.NONE : elsewhere(name);
            case BROKER_LOGGER -> isHere ? Problem.NONE : elsewhere(name);
            case GROUP, CLIENT_METRICS ->
                name.isEmpty()
                        ? new Problem(INVALID_REQUEST, "The resource needs a name.")
                        : Problem.NONE;
            case UNKNOWN -> new Problem(INVALID_REQUEST, "This kind of resource is not known.");
        };
    }

    private Problem elsewhere(String name) {
        return new Problem(
                INVALID_REQUEST,
                "This is node " + cluster.nodeId() + ", it cannot tell of '" + name + "'.");
    }

    private List<DescribeConfigsResourceResult> describe(
            ClusterImage image, ConfigResource resource, DescribeConfigsRequest request) {
        List<DescribeConfigsResourceResult> results = new ArrayList<>();
        if (resource.kind() == ConfigResource.Kind.BROKER_LOGGER) {
            loggers.levels()
                    .forEach((logger, level) -> results.add(logger(logger, level, request)));
            return results;
        }
        for (Configurations.Described each : configurations.describe(image, resource)) {
            boolean readOnly = resource.kind() == ConfigResource.Kind.BROKER
                    && each.definition().update() == Setting.Update.RESTART;
            results.add(new DescribeConfigsResourceResult(
                    each.definition().key(),
                    each.value(),
                    readOnly,
                    each.source().wireId(),
                    each.definition().isSensitive(),
                    request.includeSynonyms() ? synonyms(each) : List.of(),
                    each.definition().type().wireId(),
                    documentation(request, each.definition().help())));
        }
        return results;
    }

    private static DescribeConfigsResourceResult logger(
            String logger, String level, DescribeConfigsRequest request) {
        byte source = Configurations.Source.LOGGER.wireId();
        return new DescribeConfigsResourceResult(
                logger,
                level,
                false,
                source,
                false,
                List.of(),
                (byte) 0,
                documentation(request, "The level of this logger."));
    }

    private static @Nullable String documentation(DescribeConfigsRequest request, String help) {
        return request.includeDocumentation() ? help : null;
    }

    private static List<DescribeConfigsSynonym> synonyms(Configurations.Described described) {
        return described.synonyms().stream()
                .map(each -> new DescribeConfigsSynonym(
                        each.key(), each.value(), each.source().wireId()))
                .toList();
    }
}
