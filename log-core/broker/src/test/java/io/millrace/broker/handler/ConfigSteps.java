package io.millrace.broker.handler;

import io.millrace.protocol.AlterConfigsRequest;
import io.millrace.protocol.DescribeConfigsRequest;
import io.millrace.protocol.DescribeConfigsRequest.DescribeConfigsResource;
import io.millrace.protocol.IncrementalAlterConfigsRequest;
import io.millrace.protocol.IncrementalAlterConfigsRequest.AlterConfigsResource;
import io.millrace.protocol.IncrementalAlterConfigsRequest.AlterableConfig;
import io.millrace.protocol.ListConfigResourcesRequest;
import io.millrace.protocol.Request;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Settings of every kind of resource changed, replaced and described.
final class ConfigSteps {
    private static final byte TOPIC = 2;
    private static final byte BROKER = 4;
    private static final byte CLIENT_METRICS = 16;
    private static final byte GROUP = 32;
    private static final byte SET = 0;
    private static final byte DELETE = 1;
    private static final byte APPEND = 2;
    private static final byte SUBTRACT = 3;

    private final AdminScript script;

    ConfigSteps(AdminScript script) {
        this.script = script;
    }

    private void add(String name, Request request, int version) {
        script.add(name, request, version);
    }

    void changeTopicConfigs() {
        change("set", TOPIC, "plain", config("retention.ms", SET, "2000"));
        change("delete", TOPIC, "conf", config("retention.ms", DELETE, null));
        change("delete what is not set", TOPIC, "conf", config("segment.bytes", DELETE, null));
        change("append", TOPIC, "defaults", config("cleanup.policy", APPEND, "compact"));
        change("subtract", TOPIC, "defaults", config("cleanup.policy", SUBTRACT, "delete"));
        change("append to no list", TOPIC, "plain", config("retention.ms", APPEND, "1"));
        change("append to nothing known", TOPIC, "plain", config("nope", APPEND, "1"));
        change("unknown key", TOPIC, "plain", config("nope", SET, "1"));
        change("bad value", TOPIC, "plain", config("retention.ms", SET, "-7"));
        change("null value", TOPIC, "plain", config("retention.ms", SET, null));
        change(
                "key twice",
                TOPIC,
                "plain",
                config("retention.ms", SET, "1"),
                config("retention.ms", DELETE, null));
        change("unknown operation", TOPIC, "plain", config("retention.ms", (byte) 9, "1"));
        change("unknown topic", TOPIC, "unknown", config("retention.ms", SET, "1"));
        change("unknown topic and key", TOPIC, "unknown", config("nope", SET, "1"));
        change("no topic", TOPIC, "", config("retention.ms", SET, "1"));
        change("bad topic", TOPIC, "a b", config("retention.ms", SET, "1"));
        change(
                "throttled",
                TOPIC,
                "plain",
                config("leader.replication.throttled.replicas", SET, "0:1,1:1"));
        change(
                "throttled badly",
                TOPIC,
                "plain",
                config("leader.replication.throttled.replicas", SET, "x"));
        change("gzip level", TOPIC, "plain", config("compression.gzip.level", SET, "0"));
        change("min insync", TOPIC, "plain", config("min.insync.replicas", SET, "0"));
        AlterConfigsResource one = new AlterConfigsResource(
                TOPIC, "plain", List.of(config("segment.ms", SET, "5000")));
        add(
                "change: resource twice",
                new IncrementalAlterConfigsRequest(List.of(one, one), false),
                1);
        add("change: only validated", new IncrementalAlterConfigsRequest(List.of(one), true), 1);
        add(
                "change: bad resource",
                new IncrementalAlterConfigsRequest(
                        List.of(new AlterConfigsResource((byte) 77, "x", List.of())), false),
                1);
    }

    private void change(String name, byte type, String resource, AlterableConfig... configs) {
        add(
                "change: " + name,
                new IncrementalAlterConfigsRequest(
                        List.of(new AlterConfigsResource(type, resource, List.of(configs))), false),
                1);
    }

    private static AlterableConfig config(String key, byte operation, @Nullable String value) {
        return new AlterableConfig(key, operation, value);
    }

    void changeOtherConfigs() {
        change("all nodes", BROKER, "", config("log.retention.ms", SET, "86400000"));
        change("one node", BROKER, "1", config("log.segment.bytes", SET, "2097152"));
        change("read-only", BROKER, "1", config("num.partitions", SET, "2"));
        change("read-only, all nodes", BROKER, "", config("log.retention.hours", SET, "2"));
        change(
                "one node's setting for all",
                BROKER,
                "",
                config("listeners", SET, "PLAINTEXT://:1"));
        change("bad value of all nodes", BROKER, "", config("log.retention.bytes", SET, "x"));
        change("unknown node", BROKER, "2", config("log.segment.bytes", SET, "2097152"));
        change("no number", BROKER, "x", config("log.segment.bytes", SET, "2097152"));
        change("unknown key of all nodes", BROKER, "", config("some.plugin.key", SET, "1"));
        change("delete it", BROKER, "", config("some.plugin.key", DELETE, null));
        change("group", GROUP, "g1", config("consumer.session.timeout.ms", SET, "50000"));
        change("group, unknown key", GROUP, "g1", config("nope", SET, "50000"));
        change("group, bad value", GROUP, "g1", config("consumer.session.timeout.ms", SET, "x"));
        change("no group", GROUP, "", config("consumer.session.timeout.ms", SET, "50000"));
        change("client metrics", CLIENT_METRICS, "m1", config("interval.ms", SET, "5000"));
        change("client metrics, unknown key", CLIENT_METRICS, "m1", config("nope", SET, "5000"));
        change("client metrics, too often", CLIENT_METRICS, "m1", config("interval.ms", SET, "5"));
        change("no client metrics", CLIENT_METRICS, "", config("interval.ms", SET, "5000"));
    }

    void replaceConfigs() {
        replace(
                "topic",
                TOPIC,
                "man",
                new AlterConfigsRequest.AlterableConfig("segment.ms", "7000"));
        replace(
                "topic again",
                TOPIC,
                "man",
                new AlterConfigsRequest.AlterableConfig("retention.ms", "8000"));
        replace("unknown key", TOPIC, "man", new AlterConfigsRequest.AlterableConfig("nope", "1"));
        replace("null", TOPIC, "man", new AlterConfigsRequest.AlterableConfig("segment.ms", null));
        replace(
                "unknown topic",
                TOPIC,
                "unknown",
                new AlterConfigsRequest.AlterableConfig("segment.ms", "9"));
    }

    private void replace(
            String name,
            byte type,
            String resource,
            AlterConfigsRequest.AlterableConfig... configs) {
        add(
                "replace: " + name,
                new AlterConfigsRequest(
                        List.of(new AlterConfigsRequest.AlterConfigsResource(
                                type, resource, List.of(configs))),
                        false),
                2);
    }

    void describe() {
        for (String topic :
                List.of("plain", "defaults", "conf", "man", "old", "unknown", "a b", "")) {
            describe(TOPIC, topic);
        }
        describe(BROKER, "1");
        describe(BROKER, "");
        describe(BROKER, "2");
        describe(BROKER, "x");
        describe(GROUP, "g1");
        describe(GROUP, "g2");
        describe(GROUP, "");
        describe(CLIENT_METRICS, "m1");
        describe(CLIENT_METRICS, "m2");
        describe((byte) 77, "x");
        add(
                "describe: some keys",
                new DescribeConfigsRequest(
                        List.of(new DescribeConfigsResource(
                                TOPIC, "plain", List.of("retention.ms", "nope"))),
                        true,
                        false),
                4);
        add(
                "describe: version 1",
                new DescribeConfigsRequest(
                        List.of(new DescribeConfigsResource(
                                TOPIC, "plain", List.of("retention.ms", "segment.ms"))),
                        false,
                        false),
                1);
        for (List<Byte> types : List.of(
                List.<Byte>of(),
                List.of(TOPIC),
                List.of(BROKER, GROUP),
                List.of(CLIENT_METRICS),
                List.of((byte) 77))) {
            add("list: " + types, new ListConfigResourcesRequest(types), 1);
        }
        add("list: version 0", new ListConfigResourcesRequest(List.of()), 0);
    }

    private void describe(byte type, String name) {
        add(
                "describe: " + type + " " + name,
                new DescribeConfigsRequest(
                        List.of(new DescribeConfigsResource(type, name, null)), true, false),
                4);
    }

    void describeAgain() {
        describe(TOPIC, "conf");
    }
}
