package io.millrace.broker.handler;

import io.millrace.broker.request.ControllerLink;
import io.millrace.cluster.ControllerCommand;
import io.millrace.cluster.InternalTopics;
import io.millrace.host.Answer;
import io.millrace.protocol.CreateTopicsRequest;
import io.millrace.protocol.CreateTopicsRequest.CreatableTopic;
import io.millrace.protocol.CreateTopicsRequest.CreatableTopicConfig;
import io.millrace.protocol.CreateTopicsResponse;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.Response;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

/// Creates topics that somebody uses without having created them. On any loop.
public final class TopicCreator {
    private static final int TIMEOUT_MS = 30_000;

    private final ControllerLink controller;
    private final Internal offsets;
    private final Internal transactions;

    /// How a topic of the brokers' own is laid out.
    public record Internal(int partitions, short replicationFactor, Map<String, String> configs) {
        public Internal {
            configs = Map.copyOf(configs);
        }
    }

    public TopicCreator(ControllerLink controller, Internal offsets, Internal transactions) {
        this.controller = controller;
        this.offsets = offsets;
        this.transactions = transactions;
    }

    /// What became of each topic; a topic that somebody else created meanwhile counts as created.
    public CompletionStage<Map<String, ErrorCode>> create(List<String> names) {
        CreateTopicsRequest request = new CreateTopicsRequest(
                names.stream().map(this::topic).toList(), TIMEOUT_MS, false);
        return controller
                .submit(new ControllerCommand.CreateTopics(request))
                .thenApply(answer -> outcome(names, answer));
    }

    private CreatableTopic topic(String name) {
        return switch (name) {
            case InternalTopics.OFFSETS -> internal(name, offsets);
            case InternalTopics.TRANSACTIONS -> internal(name, transactions);
            default ->
                CreatableTopic.DEFAULT
                        .withName(name)
                        .withNumPartitions(-1)
                        .withReplicationFactor((short) -1);
        };
    }

    private static CreatableTopic internal(String name, Internal layout) {
        return CreatableTopic.DEFAULT
                .withName(name)
                .withNumPartitions(layout.partitions())
                .withReplicationFactor(layout.replicationFactor())
                .withConfigs(new TreeMap<>(layout.configs())
                        .entrySet().stream()
                                .map(entry ->
                                        new CreatableTopicConfig(entry.getKey(), entry.getValue()))
                                .toList());
    }

    private static Map<String, ErrorCode> outcome(List<String> names, Answer<Response> answer) {
        Map<String, ErrorCode> outcome = new TreeMap<>();
        switch (answer) {
            case Answer.Replied<Response>(CreateTopicsResponse response) ->
                response.topics()
                        .forEach(topic -> outcome.put(
                                topic.name(),
                                topic.errorCode() == ErrorCode.TOPIC_ALREADY_EXISTS
                                        ? ErrorCode.NONE
                                        : topic.errorCode()));
            case Answer.Replied<Response> _ ->
                names.forEach(name -> outcome.put(name, ErrorCode.UNKNOWN_SERVER_ERROR));
            case Answer.Refused<Response> _ ->
                names.forEach(name -> outcome.put(name, ErrorCode.LEADER_NOT_AVAILABLE));
        }
        return outcome;
    }
}
