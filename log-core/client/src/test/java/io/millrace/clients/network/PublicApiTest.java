package io.millrace.clients.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.clients.admin.Admin;
import io.millrace.clients.admin.AdminClientConfig;
import io.millrace.clients.consumer.Consumer;
import io.millrace.clients.consumer.ConsumerConfig;
import io.millrace.clients.consumer.ConsumerGroupMetadata;
import io.millrace.clients.consumer.ConsumerInterceptor;
import io.millrace.clients.consumer.ConsumerRebalanceListener;
import io.millrace.clients.consumer.ConsumerRecord;
import io.millrace.clients.consumer.ConsumerRecords;
import io.millrace.clients.consumer.OffsetAndMetadata;
import io.millrace.clients.consumer.OffsetAndTimestamp;
import io.millrace.clients.consumer.OffsetCommitCallback;
import io.millrace.clients.consumer.SubscriptionPattern;
import io.millrace.clients.producer.Callback;
import io.millrace.clients.producer.Partitioner;
import io.millrace.clients.producer.Producer;
import io.millrace.clients.producer.ProducerConfig;
import io.millrace.clients.producer.ProducerInterceptor;
import io.millrace.clients.producer.ProducerRecord;
import io.millrace.clients.producer.RecordMetadata;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The public types of the clients beside Kafka's own: what they have, we have under the same name
/// with the same types, or it stands here with the reason.
final class PublicApiTest {
    private static final String MISSPELT = "PARTITIONER_ADPATIVE_PARTITIONING_ENABLE_CONFIG";
    private static final String METRICS = "the clients have no metrics of their own yet";
    private static final String TRANSACTIONS = "transactions come later";

    private static final Map<String, String> CONSUMER_LACKS = Map.of(
            "clientInstanceId", METRICS,
            "registerMetricForSubscription", METRICS,
            "unregisterMetricFromSubscription", METRICS);

    private static final Map<String, String> PRODUCER_LACKS = Map.of(
            "clientInstanceId", METRICS,
            "registerMetricForSubscription", METRICS,
            "unregisterMetricFromSubscription", METRICS,
            "initTransactions", TRANSACTIONS,
            "beginTransaction", TRANSACTIONS,
            "sendOffsetsToTransaction", TRANSACTIONS,
            "commitTransaction", TRANSACTIONS,
            "abortTransaction", TRANSACTIONS);

    @Test
    void theConsumerHasEveryMethod() throws Exception {
        assertEquals(CONSUMER_LACKS.keySet(), names(lacking(Consumer.class)));
        assertEquals(Set.of(), names(added(Consumer.class)));
    }

    @Test
    void theProducerHasEveryMethod() throws Exception {
        assertEquals(PRODUCER_LACKS.keySet(), names(lacking(Producer.class)));
        assertEquals(Set.of("sendAsync"), names(added(Producer.class)));
    }

    @Test
    void theAdminHasEveryMethodOrAReason() throws Exception {
        Set<String> lacking = lacking(Admin.class);
        Set<String> partly = new TreeSet<>(names(lacking));
        partly.retainAll(names(signatures(Admin.class)));
        assertEquals(new TreeSet<>(AdminGaps.PARTLY.keySet()), partly);
        Set<String> wholly = new TreeSet<>(names(lacking));
        wholly.removeAll(partly);
        assertEquals(new TreeSet<>(AdminGaps.WHOLLY.keySet()), wholly);
        // A network to reach brokers by; several groups by their names; types without options.
        assertEquals(
                Set.of("create", "listConsumerGroupOffsets", "listConfigResources"),
                names(added(Admin.class)));
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                ConsumerRecord.class,
                ConsumerRecords.class,
                ConsumerGroupMetadata.class,
                ConsumerInterceptor.class,
                ConsumerRebalanceListener.class,
                OffsetAndMetadata.class,
                OffsetAndTimestamp.class,
                OffsetCommitCallback.class,
                SubscriptionPattern.class,
                Callback.class,
                Partitioner.class,
                ProducerInterceptor.class,
                ProducerRecord.class,
                RecordMetadata.class
            })
    void smallTypesAreAlike(Class<?> ours) throws Exception {
        assertEquals(Set.of(), lacking(ours));
        assertEquals(Set.of(), added(ours));
    }

    @ParameterizedTest
    @ValueSource(classes = {ConsumerConfig.class, ProducerConfig.class, AdminClientConfig.class})
    void keysHaveTheSameNames(Class<?> ours) throws Exception {
        Class<?> theirs = theirs(ours);
        Set<?> keys = (Set<?>) theirs.getMethod("configNames").invoke(null);
        for (Field field : theirs.getDeclaredFields()) {
            boolean isKey = Modifier.isPublic(field.getModifiers())
                    && field.getType() == String.class
                    && keys.contains(field.get(null));
            if (isKey && !field.getName().equals(MISSPELT)) {
                assertEquals(field.get(null), ours.getField(field.getName()).get(null));
            }
        }
    }

    private static Class<?> theirs(Class<?> ours) throws ClassNotFoundException {
        return Class.forName(ours.getName().replace("io.millrace.", "org.apache.kafka."));
    }

    private static Set<String> lacking(Class<?> ours) throws ClassNotFoundException {
        Set<String> lacking = signatures(theirs(ours));
        lacking.removeAll(signatures(ours));
        return lacking;
    }

    private static Set<String> added(Class<?> ours) throws ClassNotFoundException {
        Set<String> added = signatures(ours);
        added.removeAll(signatures(theirs(ours)));
        return added;
    }

    private static Set<String> names(Set<String> signatures) {
        Set<String> names = new TreeSet<>();
        signatures.forEach(each -> names.add(each.replaceAll(".* ([^ (]+)\\(.*", "$1")));
        return names;
    }

    private static Set<String> signatures(Class<?> type) {
        Set<String> signatures = new TreeSet<>();
        for (Method method : type.getMethods()) {
            if (method.getDeclaringClass() != Object.class && !method.isBridge()) {
                String name = method.getName() + "(";
                signatures.add(ported(method.toGenericString()
                        .replace(method.getDeclaringClass().getName() + "." + name, name)));
            }
        }
        for (Constructor<?> each : type.getConstructors()) {
            signatures.add(ported("new " + each.toGenericString()));
        }
        return signatures;
    }

    private static String ported(String generic) {
        return generic.replaceAll(
                        "\\b(public|abstract|default|static|final|synchronized|varargs) ", "")
                .replaceAll(" throws .*", "")
                .replace("org.apache.kafka.", "io.millrace.");
    }
}
