package io.millrace.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.protocol.AlterClientQuotasRequest;
import io.millrace.protocol.CreatePartitionsRequest;
import io.millrace.protocol.CreateTopicsRequest;
import io.millrace.protocol.CreateTopicsRequest.CreatableTopic;
import io.millrace.protocol.CreateTopicsRequest.CreatableTopicConfig;
import io.millrace.protocol.DeleteTopicsRequest;
import io.millrace.protocol.IncrementalAlterConfigsRequest;
import io.millrace.protocol.MetadataRecord;
import io.millrace.protocol.Uuid;
import io.millrace.protocol.WireReader;
import io.millrace.protocol.WireWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Whatever is asked: the records, written and read, make the state that was decided upon; so does
/// a snapshot; and deltas tell all of the difference.
final class ReplayPropertyTest {
    private static final int SEEDS = 100;
    private static final int COMMANDS = 60;

    @Test
    void replayAndSnapshotEqualTheLiveState() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            Machine machine = new Machine(true);
            machine.register(true, Machine.DIRECTORY);
            for (int i = 0; i < COMMANDS; i++) {
                step(machine, random);
            }
            Controller replayed = Machine.controller(true);
            for (MetadataRecord record : machine.log) {
                replayed.apply(copied(record, machine.image().recordVersions()));
            }
            assertEquals(machine.image(), replayed.image(), "seed " + seed);
            Controller restored = Machine.controller(true);
            machine.controller.snapshot(
                    record -> restored.apply(copied(record, machine.image().recordVersions())));
            assertEquals(machine.image(), restored.image(), "seed " + seed);
            List<MetadataRecord> again = new ArrayList<>();
            restored.snapshot(again::add);
            List<MetadataRecord> before = new ArrayList<>();
            machine.controller.snapshot(before::add);
            assertEquals(before, again, "seed " + seed);
        }
    }

    private static void step(Machine machine, Random random) {
        ClusterImage before = machine.image();
        int from = machine.log.size();
        machine.call(command(machine, random));
        ClusterDelta delta = ClusterDelta.between(
                before, machine.image(), machine.log.subList(from, machine.log.size()));
        SortedSet<String> expected = new TreeSet<>();
        SortedSet<String> told = new TreeSet<>();
        before.topics().ids().forEach(id -> {
            if (machine.image().topics().get(id.key()) == null) {
                expected.add("gone " + id.key());
            }
        });
        for (var topic : machine.image().topics().byName()) {
            for (var partition : topic.value().partitions()) {
                TopicImage old = before.topics().get(topic.value().id());
                if (old == null || !partition.value().equals(old.partition(partition.key()))) {
                    expected.add(topic.value().id() + " " + partition.key());
                }
            }
        }
        delta.deleted().forEach(topic -> told.add("gone " + topic.id()));
        delta.partitions().forEach((id, numbers) -> numbers.forEach(n -> told.add(id + " " + n)));
        assertEquals(expected, told);
    }

    private static ControllerCommand command(Machine machine, Random random) {
        String name = "topic" + random.nextInt(6);
        return switch (random.nextInt(6)) {
            case 0, 1 ->
                new ControllerCommand.CreateTopics(new CreateTopicsRequest(
                        List.of(new CreatableTopic(
                                name,
                                1 + random.nextInt(4),
                                (short) 1,
                                List.of(),
                                List.of(new CreatableTopicConfig(
                                        "retention.ms", "" + random.nextInt(100))))),
                        1000,
                        random.nextInt(5) == 0));
            case 2 ->
                new ControllerCommand.DeleteTopics(
                        DeleteTopicsRequest.DEFAULT.withTopicNames(List.of(name)), 5);
            case 3 ->
                new ControllerCommand.CreatePartitions(new CreatePartitionsRequest(
                        List.of(new CreatePartitionsRequest.CreatePartitionsTopic(
                                name, random.nextInt(10), null)),
                        1000,
                        false));
            case 4 -> configs(name, random);
            default -> random.nextBoolean() ? quota(random) : register(machine, random);
        };
    }

    private static ControllerCommand configs(String name, Random random) {
        var config = new IncrementalAlterConfigsRequest.AlterableConfig(
                random.nextBoolean() ? "segment.ms" : "cleanup.policy",
                (byte) random.nextInt(4),
                random.nextBoolean() ? "compact" : "77");
        return new ControllerCommand.IncrementalAlterConfigs(new IncrementalAlterConfigsRequest(
                List.of(new IncrementalAlterConfigsRequest.AlterConfigsResource(
                        (byte) 2, name, List.of(config))),
                false));
    }

    private static ControllerCommand quota(Random random) {
        var entity =
                new AlterClientQuotasRequest.EntityData("user", random.nextBoolean() ? "u" : null);
        var op = new AlterClientQuotasRequest.OpData(
                "producer_byte_rate", 1 + random.nextInt(9), random.nextInt(3) == 0);
        return new ControllerCommand.AlterClientQuotas(new AlterClientQuotasRequest(
                List.of(new AlterClientQuotasRequest.EntryData(List.of(entity), List.of(op))),
                false));
    }

    private static ControllerCommand register(Machine machine, Random random) {
        var request = io.millrace.protocol.BrokerRegistrationRequest.DEFAULT
                .withBrokerId(Machine.NODE)
                .withIncarnationId(new Uuid(3, random.nextLong()))
                .withLogDirs(List.of(Machine.DIRECTORY));
        return new ControllerCommand.RegisterBroker(
                request, machine.log.size(), random.nextBoolean());
    }

    private static MetadataRecord copied(MetadataRecord record, RecordVersions versions) {
        int version = versions.of(record);
        WireWriter out = new WireWriter();
        record.write(out, version);
        MetadataRecord read =
                MetadataRecord.read(record.typeKey(), version, new WireReader(out.toBuffer()));
        if (read == null) {
            throw new AssertionError(record);
        }
        return read;
    }
}
