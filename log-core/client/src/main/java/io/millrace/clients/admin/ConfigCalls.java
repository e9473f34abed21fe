package io.millrace.clients.admin;

import io.millrace.common.config.ConfigResource;
import io.millrace.protocol.DescribeConfigsRequest;
import io.millrace.protocol.DescribeConfigsResponse;
import io.millrace.protocol.IncrementalAlterConfigsRequest;
import io.millrace.protocol.IncrementalAlterConfigsResponse;
import io.millrace.protocol.ListConfigResourcesRequest;
import io.millrace.protocol.ListConfigResourcesResponse;
import io.millrace.protocol.Request;
import io.millrace.protocol.Response;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/// Settings of topics, brokers, groups and client metrics. A named broker is asked about itself.
final class ConfigCalls {
    private static final int ANYBODY = -1;
    private final Calls calls;

    ConfigCalls(Calls calls) {
        this.calls = calls;
    }

    DescribeConfigsResult describe(
            Collection<ConfigResource> resources, DescribeConfigsOptions options) {
        return new DescribeConfigsResult(calls.batch(
                resources,
                open -> byBroker(
                        open,
                        asked -> new DescribeConfigsRequest(
                                asked.stream()
                                        .map(r ->
                                                new DescribeConfigsRequest.DescribeConfigsResource(
                                                        r.type().id(), r.name(), null))
                                        .toList(),
                                options.includeSynonyms(),
                                options.includeDocumentation()),
                        ConfigCalls::described)));
    }

    private static Map<ConfigResource, Answer<Config>> described(Response response) {
        var answers = new HashMap<ConfigResource, Answer<Config>>();
        for (var result : ((DescribeConfigsResponse) response).results()) {
            var entries = result.configs().stream().map(ConfigCalls::entry).toList();
            answers.put(
                    resource(result.resourceType(), result.resourceName()),
                    new Answer<>(result.errorCode(), result.errorMessage(), new Config(entries)));
        }
        return answers;
    }

    private static ConfigEntry entry(DescribeConfigsResponse.DescribeConfigsResourceResult config) {
        return new ConfigEntry(
                config.name(),
                config.value(),
                ConfigEntry.ConfigSource.of(config.configSource()),
                config.isSensitive(),
                config.readOnly(),
                config.synonyms().stream()
                        .map(s -> new ConfigEntry.ConfigSynonym(
                                s.name(), s.value(), ConfigEntry.ConfigSource.of(s.source())))
                        .toList(),
                ConfigEntry.ConfigType.of(config.configType()),
                config.documentation());
    }

    AlterConfigsResult alter(
            Map<ConfigResource, Collection<AlterConfigOp>> changes, AlterConfigsOptions options) {
        var wanted = new LinkedHashMap<>(changes);
        return new AlterConfigsResult(calls.batch(
                wanted.keySet(),
                open -> byBroker(
                        open,
                        asked -> {
                            var resources = new ArrayList<
                                    IncrementalAlterConfigsRequest.AlterConfigsResource>();
                            wanted.forEach((resource, operations) -> {
                                if (asked.contains(resource)) {
                                    resources.add(onWire(resource, operations));
                                }
                            });
                            return new IncrementalAlterConfigsRequest(
                                    resources, options.validateOnly());
                        },
                        ConfigCalls::altered)));
    }

    private static IncrementalAlterConfigsRequest.AlterConfigsResource onWire(
            ConfigResource resource, Collection<AlterConfigOp> operations) {
        return new IncrementalAlterConfigsRequest.AlterConfigsResource(
                resource.type().id(),
                resource.name(),
                operations.stream()
                        .map(o -> new IncrementalAlterConfigsRequest.AlterableConfig(
                                o.configEntry().name(),
                                (byte) o.opType().ordinal(),
                                o.configEntry().value()))
                        .toList());
    }

    private static Map<ConfigResource, Answer<Void>> altered(Response response) {
        var answers = new HashMap<ConfigResource, Answer<Void>>();
        for (var result : ((IncrementalAlterConfigsResponse) response).responses()) {
            answers.put(
                    resource(result.resourceType(), result.resourceName()),
                    Calls.done(result.errorCode(), result.errorMessage()));
        }
        return answers;
    }

    ListConfigResourcesResult list(Set<ConfigResource.Type> types) {
        var request = new ListConfigResourcesRequest(
                types.stream().map(ConfigResource.Type::id).toList());
        return new ListConfigResourcesResult(calls.any(request, response -> {
            var answer = (ListConfigResourcesResponse) response;
            Calls.check(answer.errorCode(), null);
            return answer.configResources().stream()
                    .map(r -> resource(r.resourceType(), r.resourceName()))
                    .toList();
        }));
    }

    private static ConfigResource resource(byte type, String name) {
        return new ConfigResource(ConfigResource.Type.forId(type), name);
    }

    /// Sends what concerns one broker to it, and the rest to anybody.
    private <V> CompletionStage<Map<ConfigResource, Answer<V>>> byBroker(
            Set<ConfigResource> open,
            Function<List<ConfigResource>, Request> ask,
            Function<Response, Map<ConfigResource, Answer<V>>> read) {
        var byBroker = new LinkedHashMap<Integer, List<ConfigResource>>();
        open.forEach(r -> byBroker.computeIfAbsent(brokerOf(r), broker -> new ArrayList<>())
                .add(r));
        var merged = new HashMap<ConfigResource, Answer<V>>();
        var waits = new ArrayList<CompletableFuture<?>>();
        byBroker.forEach((broker, resources) -> {
            Request request = ask.apply(resources);
            var sent = broker == ANYBODY
                    ? calls.client().sendToAny(request)
                    : calls.client().send(broker, request);
            waits.add(sent.thenAccept(response -> merged.putAll(read.apply(response)))
                    .toCompletableFuture());
        });
        return CompletableFuture.allOf(waits.toArray(new CompletableFuture<?>[0]))
                .thenApply(all -> merged);
    }

    private static int brokerOf(ConfigResource resource) {
        boolean isOfBroker = resource.type() == ConfigResource.Type.BROKER
                || resource.type() == ConfigResource.Type.BROKER_LOGGER;
        if (!isOfBroker || resource.isDefault()) {
            return ANYBODY;
        }
        try {
            return Integer.parseInt(resource.name());
        } catch (NumberFormatException notANumber) {
            return ANYBODY; // let a broker say what is wrong with it
        }
    }
}
