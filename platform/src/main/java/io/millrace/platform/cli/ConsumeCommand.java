package io.millrace.platform.cli;

import io.millrace.clients.admin.Admin;
import io.millrace.clients.admin.OffsetSpec;
import io.millrace.clients.consumer.Consumer;
import io.millrace.clients.consumer.ConsumerRecord;
import io.millrace.clients.consumer.ConsumerRecords;
import io.millrace.clients.consumer.KafkaConsumer;
import io.millrace.clients.consumer.OffsetAndMetadata;
import io.millrace.common.TopicPartition;
import io.millrace.common.serialization.ByteArrayDeserializer;
import java.io.BufferedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `millrace consume`.
@Command(name = "consume", description = "Print the records of topics.")
final class ConsumeCommand implements Callable<Integer> {
    private static final Duration POLL = Duration.ofMillis(500);

    @Mixin
    final ClusterOptions cluster = new ClusterOptions();

    @Parameters(paramLabel = "TOPIC", arity = "1..*")
    List<String> topics = List.of();

    @Option(
            names = {"-o", "--from"},
            paramLabel = "start|end|OFFSET|-N|@TIME",
            description = "Where to begin (default: end; with --exit or --count: start).")
    @Nullable
    String from;

    @Option(
            names = {"-g", "--group"},
            description = "Read as a member of this group and commit.")
    @Nullable
    String group;

    @Option(
            names = {"-p", "--partition"},
            description = "Only these partitions.")
    List<Integer> partitions = List.of();

    @Option(
            names = {"-n", "--count"},
            description = "Stop after so many records.")
    long count = Long.MAX_VALUE;

    @Option(
            names = {"-e", "--exit"},
            description = "Stop at the end of the partitions.")
    boolean exit;

    @Option(
            names = {"-f", "--format"},
            description = "Like kcat's: %%t %%p %%o %%T %%k %%s %%K %%S %%h %%%%.")
    @Nullable
    String format;

    @Option(names = "--isolation", description = "read_uncommitted or read_committed.")
    @Nullable
    String isolation;

    @Override
    public Integer call() {
        check();
        RecordFormat text = RecordFormat.parse(format == null ? "%s\\n" : format);
        var json = new RecordJson();
        var out = new PrintStream(
                new BufferedOutputStream(System.out, 1 << 16), false, StandardCharsets.UTF_8);
        var progress = new Progress("records", count == Long.MAX_VALUE ? 0 : count);
        try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                settings(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            Map<TopicPartition, Long> ends = begin(consumer);
            var done = new HashMap<TopicPartition, OffsetAndMetadata>();
            long printed = 0;
            while (printed < count
                    && !(exit && reached(consumer, ends))
                    && !System.out.checkError()) {
                ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
                if (!polled.isEmpty()) {
                    progress.hide();
                }
                for (ConsumerRecord<byte[], byte[]> record : polled) {
                    if (printed == count || exit && isPast(record, ends)) {
                        continue;
                    }
                    print(record, cluster.json ? json : null, text, out);
                    printed++;
                    done.put(
                            new TopicPartition(record.topic(), record.partition()),
                            new OffsetAndMetadata(record.offset() + 1));
                }
                out.flush();
                commit(consumer, done);
                progress.at(printed);
            }
            progress.end();
            return 0;
        }
    }

    private static void print(
            ConsumerRecord<byte[], byte[]> record,
            @Nullable RecordJson json,
            RecordFormat text,
            PrintStream out) {
        if (json != null) {
            out.println(json.print(record));
        } else {
            text.print(record, out);
        }
    }

    private void check() {
        if (count < 0) {
            throw new Failure("--count must not be negative: " + count);
        }
        if (format != null && cluster.json) {
            throw new Failure("--format and --json exclude each other: give one");
        }
        if (group == null) {
            return;
        }
        if (!partitions.isEmpty()) {
            throw new Failure("a group shares out all partitions: leave --partition or --group");
        }
        Position begin = from == null ? new Position.Start() : Position.parse(from);
        if (!(begin instanceof Position.Start || begin instanceof Position.End)) {
            throw new Failure("a group begins where it stands, and where it has no offsets at start"
                    + " or end: move it by 'millrace group seek " + group + " --to " + from + "'");
        }
    }

    /// Commits what was printed, not what was fetched.
    private void commit(
            Consumer<byte[], byte[]> consumer, Map<TopicPartition, OffsetAndMetadata> done) {
        if (group != null && !done.isEmpty()) {
            consumer.commitSync(done);
            done.clear();
        }
    }

    private static boolean isPast(
            ConsumerRecord<byte[], byte[]> record, Map<TopicPartition, Long> ends) {
        Long end = ends.get(new TopicPartition(record.topic(), record.partition()));
        return end != null && record.offset() >= end;
    }

    private static boolean reached(
            Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        Set<TopicPartition> assigned = consumer.assignment();
        if (assigned.isEmpty()) {
            return ends.isEmpty();
        }
        for (TopicPartition partition : assigned) {
            if (consumer.position(partition) < ends.getOrDefault(partition, 0L)) {
                return false;
            }
        }
        return true;
    }

    /// Subscribes or assigns, seeks, and returns where the partitions end now.
    private Map<TopicPartition, Long> begin(Consumer<byte[], byte[]> consumer) {
        try (Admin admin = cluster.admin()) {
            Set<TopicPartition> wanted = new HashSet<>(Partitions.of(admin, topics));
            if (!partitions.isEmpty()) {
                wanted.removeIf(p -> !partitions.contains(p.partition()));
            }
            if (wanted.isEmpty()) {
                throw new Failure("no such partition of " + String.join(", ", topics));
            }
            if (group != null) {
                consumer.subscribe(topics);
            } else {
                consumer.assign(wanted);
                String start =
                        from == null ? exit || count < Long.MAX_VALUE ? "start" : "end" : from;
                Position.parse(start).resolve(admin, wanted).forEach(consumer::seek);
            }
            return exit ? GroupCommand.ends(admin, wanted, OffsetSpec.latest()) : new HashMap<>();
        }
    }

    private Properties settings() {
        Properties settings = cluster.client();
        settings.put("enable.auto.commit", "false");
        if (group != null) {
            settings.put("group.id", group);
            settings.putIfAbsent(
                    "auto.offset.reset",
                    from != null && Position.parse(from) instanceof Position.End
                            ? "latest"
                            : "earliest");
        } else {
            settings.putIfAbsent("auto.offset.reset", "earliest");
        }
        if (isolation != null) {
            settings.put("isolation.level", isolation);
        }
        return settings;
    }
}
