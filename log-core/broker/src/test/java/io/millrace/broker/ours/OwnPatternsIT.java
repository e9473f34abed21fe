package io.millrace.broker.ours;

import static io.millrace.broker.ours.OwnCluster.TICK;
import static io.millrace.broker.ours.OwnCluster.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.clients.consumer.KafkaConsumer;
import io.millrace.clients.consumer.SubscriptionPattern;
import io.millrace.common.TopicPartition;
import io.millrace.common.errors.InvalidRegularExpression;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Subscriptions by pattern on our broker: matched by the consumer and by the broker.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
final class OwnPatternsIT {
    private OwnCluster cluster;

    @BeforeAll
    void start(@TempDir Path folder) {
        cluster = OwnCluster.start(folder);
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    private KafkaConsumer<String, String> consumer(String group, String protocol, boolean isLocal) {
        return cluster.consumer(
                isLocal, "group.id", group, "group.protocol", protocol, "metadata.max.age.ms", 300);
    }

    private static Set<String> assigned(KafkaConsumer<String, String> consumer) {
        return consumer.assignment().stream()
                .map(TopicPartition::toString)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void awaitAssigned(
            KafkaConsumer<String, String> consumer, List<String> read, String... partitions) {
        until(
                () -> assigned(consumer).equals(Set.of(partitions)),
                () -> consumer.poll(TICK).forEach(each -> read.add(each.value())));
    }

    @ParameterizedTest
    @CsvSource({
        "classic,false,false", "classic,false,true",
        "consumer,false,false", "consumer,false,true",
        "consumer,true,false", "consumer,true,true"
    })
    void topicsThatComeLaterAreReadToo(String protocol, boolean byServer, boolean isLocal)
            throws Exception {
        String group = "later-" + protocol + "-" + byServer + "-" + isLocal;
        cluster.topic(group + ".a", 2);
        cluster.topic(group + ".other", 1);
        cluster.topic("x" + group + ".a", 1);
        cluster.number(group + ".a", 2, 0, 10);
        List<String> read = new ArrayList<>();
        try (var consumer = consumer(group, protocol, isLocal)) {
            String pattern = group + "\\.[a-c]";
            if (byServer) {
                consumer.subscribe(new SubscriptionPattern(pattern));
            } else {
                consumer.subscribe(Pattern.compile(pattern));
            }
            awaitAssigned(consumer, read, group + ".a-0", group + ".a-1");
            cluster.topic(group + ".b", 1);
            cluster.number(group + ".b", 1, 10, 20);
            awaitAssigned(consumer, read, group + ".a-0", group + ".a-1", group + ".b-0");
            until(
                    () -> read.size() >= 20,
                    () -> consumer.poll(TICK).forEach(each -> read.add(each.value())));
            assertEquals(20, read.size());
            assertEquals(20, Set.copyOf(read).size());
            cluster.admin().deleteTopics(List.of(group + ".a")).all().get(30, TimeUnit.SECONDS);
            awaitAssigned(consumer, read, group + ".b-0");
            assertEquals(byServer ? Set.of() : Set.of(group + ".b"), consumer.subscription());
        }
    }

    @Test
    void whatIsNoPatternOfTheServersIsRefused() {
        try (var consumer = consumer("refused", "consumer", false)) {
            consumer.subscribe(new SubscriptionPattern("(unclosed"));
            assertThrows(
                    InvalidRegularExpression.class,
                    () -> until(() -> false, () -> consumer.poll(TICK)));
        }
        try (var consumer = consumer("refused-classic", "classic", false)) {
            assertThrows(
                    UnsupportedOperationException.class,
                    () -> consumer.subscribe(new SubscriptionPattern("a.*")));
        }
    }

    @ParameterizedTest
    @CsvSource({"classic", "consumer"})
    void aSubscriptionCanBeReplaced(String protocol) throws Exception {
        String group = "replaced-" + protocol;
        cluster.topic(group + ".a", 1);
        cluster.topic(group + ".b", 1);
        List<String> read = new ArrayList<>();
        try (var consumer = consumer(group, protocol, false)) {
            consumer.subscribe(List.of(group + ".a"));
            awaitAssigned(consumer, read, group + ".a-0");
            consumer.subscribe(List.of(group + ".b"));
            awaitAssigned(consumer, read, group + ".b-0");
            consumer.subscribe(Pattern.compile(group + "\\..*"));
            awaitAssigned(consumer, read, group + ".a-0", group + ".b-0");
            consumer.unsubscribe();
            assertEquals(Set.of(), consumer.assignment());
            consumer.subscribe(List.of(group + ".a"));
            awaitAssigned(consumer, read, group + ".a-0");
        }
    }
}
