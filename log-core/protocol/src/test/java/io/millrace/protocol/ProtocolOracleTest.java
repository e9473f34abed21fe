package io.millrace.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.common.protocol.types.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every message and version against the classes that Kafka itself uses for it.
class ProtocolOracleTest {
    private static final int ROUNDS = 30;
    private static final List<Class<?>> ONE_A_JAR = List.of(
            RequestHeader.class,
            TopicRecord.class,
            QuorumStateData.class,
            OffsetCommitKey.class,
            TransactionLogKey.class,
            ShareSnapshotKey.class,
            ProducerSnapshot.class);

    static List<Class<?>> messages() {
        return Messages.all();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void kafkaReadsWhatWeWriteAndWeReadWhatKafkaWrites(Class<?> type) {
        KafkaMessage kafka = KafkaMessage.of(type);
        assertEquals(kafka.lowestVersion(), Messages.lowestVersion(type));
        assertEquals(kafka.highestVersion(), Messages.highestVersion(type));
        for (int version = kafka.lowestVersion(); version <= kafka.highestVersion(); version++) {
            for (int round = 0; round < ROUNDS; round++) {
                Message message = random(type, version, round);
                String failure = difference(message, version, version);
                assertEquals("", failure, () -> message + " as " + type.getSimpleName());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    void defaultsAreThoseOfKafka(Class<?> type) {
        KafkaMessage kafka = KafkaMessage.of(type);
        Message ours = (Message) Messages.constant(type, "DEFAULT");
        KafkaMessage.assertSameValues(ours, kafka.fresh());
        for (int version = kafka.lowestVersion(); version <= kafka.highestVersion(); version++) {
            assertEquals(
                    KafkaMessage.write(kafka.fresh(), version),
                    Messages.write(ours, version),
                    type.getSimpleName() + " version " + version);
        }
    }

    /// What is meant for one version is written in all others: a request or stored record must be
    /// refused exactly where Kafka refuses it, a response must leave out what does not fit.
    @ParameterizedTest
    @MethodSource("messages")
    void aValueThatAVersionLacksIsTreatedAsKafkaDoes(Class<?> type) {
        KafkaMessage kafka = KafkaMessage.of(type);
        for (int from = kafka.lowestVersion(); from <= kafka.highestVersion(); from++) {
            for (int to = kafka.lowestVersion(); to <= kafka.highestVersion(); to++) {
                for (int round = 0; round < 6; round++) {
                    Message message = random(type, from, round);
                    var theirs = kafka.read(Messages.write(message, from), from);
                    ByteBuffer expected = writtenByKafka(theirs, to);
                    ByteBuffer written = writtenByUs(message, to);
                    String what = type.getSimpleName() + " " + from + " to " + to + ": " + message;
                    if (expected == null && written != null) {
                        assertTrue(message instanceof Response, what);
                        kafka.read(written, to);
                    } else {
                        assertEquals(expected, written, what);
                    }
                }
            }
        }
    }

    private static @Nullable ByteBuffer writtenByKafka(
            org.apache.kafka.common.protocol.Message message, int version) {
        try {
            return KafkaMessage.write(message, version);
        } catch (UnsupportedVersionException | NullPointerException e) {
            return null;
        }
    }

    private static @Nullable ByteBuffer writtenByUs(Message message, int version) {
        try {
            return Messages.write(message, version);
        } catch (UnsupportedVersion e) {
            return null;
        }
    }

    /// The test of the test: a schema that is wrong by one version is found out.
    @ParameterizedTest
    @MethodSource("messages")
    void aWrongVersionIsNoticed(Class<?> type) {
        KafkaMessage kafka = KafkaMessage.of(type);
        Schema[] schemas = kafka.schemas();
        for (int version = kafka.lowestVersion(); version < kafka.highestVersion(); version++) {
            if (schemas[version] == schemas[version + 1]) {
                continue;
            }
            int noticed = 0;
            for (int round = 0; round < ROUNDS; round++) {
                Message older = random(type, version, round);
                Message newer = random(type, version + 1, round);
                noticed += difference(older, version, version + 1).isEmpty() ? 0 : 1;
                noticed += difference(newer, version + 1, version).isEmpty() ? 0 : 1;
            }
            assertNotEquals(0, noticed, type.getSimpleName() + " from version " + version);
        }
    }

    private static Message random(Class<?> type, int version, int round) {
        Schema schema = KafkaMessage.of(type).schemas()[version];
        return new RandomMessage(31L * round + version).message(type, schema);
    }

    /// Writes as `ours`, lets Kafka read and write it as `theirs`, reads again; says what went
    /// wrong.
    private static String difference(Message message, int ours, int theirs) {
        ByteBuffer bytes = Messages.write(message, ours);
        ByteBuffer back;
        try {
            var read = KafkaMessage.of(message.getClass()).read(bytes, theirs);
            back = KafkaMessage.write(read, theirs);
        } catch (RuntimeException e) {
            return "Kafka cannot read it as version " + theirs + ": " + e;
        }
        if (!bytes.equals(back)) {
            return "Kafka writes other bytes in version " + theirs;
        }
        WireReader in = new WireReader(back);
        Message again = Messages.reading(message.getClass()).read(in, ours);
        if (in.remaining() > 0) {
            return "we leave " + in.remaining() + " bytes unread in version " + ours;
        }
        return again.equals(message) ? "" : "we read back " + again;
    }

    @Test
    void noMessageOfKafkaIsMissing() throws IOException, URISyntaxException {
        Set<String> ours = new HashSet<>();
        messages().forEach(type -> ours.add(type.getSimpleName()));
        List<String> missing = new ArrayList<>();
        int found = 0;
        for (Class<?> one : ONE_A_JAR) {
            for (String name : declaredIn(jarOf(one))) {
                found++;
                if (!ours.contains(name)) {
                    missing.add(name);
                }
            }
        }
        assertEquals(List.of(), missing);
        assertEquals(ours.size(), found);
    }

    private static Path jarOf(Class<?> ours) throws URISyntaxException {
        Class<?> theirs = KafkaMessage.of(ours).fresh().getClass();
        return Path.of(
                theirs.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    /// The names of the messages whose definitions lie in a jar, but for those that have no version
    /// left.
    private static List<String> declaredIn(Path jar) throws IOException {
        Pattern name = Pattern.compile("\"name\": *\"(\\w+)\"");
        List<String> names = new ArrayList<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            for (JarEntry entry : file.stream().toList()) {
                if (!entry.getName().endsWith(".json")) {
                    continue;
                }
                try (InputStream in = Objects.requireNonNull(file.getInputStream(entry))) {
                    String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                    if (!text.contains("\"validVersions\": \"none\"")) {
                        Matcher matcher = name.matcher(text);
                        if (!matcher.find()) {
                            fail(entry.getName() + " has no name");
                        }
                        names.add(matcher.group(1));
                    }
                }
            }
        }
        return names;
    }
}
