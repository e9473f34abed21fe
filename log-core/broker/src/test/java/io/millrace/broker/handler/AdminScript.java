package io.millrace.broker.handler;

import io.millrace.protocol.Request;
import java.util.ArrayList;
import java.util.List;

/// What administrators ask, right and wrong, in an order in which each finds what those before
/// left.
final class AdminScript {
    /// One request with a name for the report.
    record Step(String name, Request request, int version) {}

    private final List<Step> steps = new ArrayList<>();

    private AdminScript() {}

    static List<Step> steps() {
        AdminScript script = new AdminScript();
        TopicSteps topics = new TopicSteps(script);
        ConfigSteps configs = new ConfigSteps(script);
        ClusterSteps cluster = new ClusterSteps(script);
        topics.createTopics();
        topics.createPartitions();
        configs.changeTopicConfigs();
        configs.changeOtherConfigs();
        configs.replaceConfigs();
        configs.describe();
        cluster.quotas();
        cluster.cluster();
        cluster.security();
        topics.deleteTopics();
        configs.describeAgain();
        return script.steps;
    }

    void add(String name, Request request, int version) {
        steps.add(new Step(name, request, version));
    }
}
