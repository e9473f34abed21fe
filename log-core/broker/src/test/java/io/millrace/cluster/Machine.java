package io.millrace.cluster;

import io.millrace.config.Settings;
import io.millrace.machine.Decision;
import io.millrace.machine.Moment;
import io.millrace.protocol.BrokerRegistrationRequest;
import io.millrace.protocol.BrokerRegistrationResponse;
import io.millrace.protocol.FeatureLevelRecord;
import io.millrace.protocol.MetadataRecord;
import io.millrace.protocol.Response;
import io.millrace.protocol.Uuid;
import io.millrace.storage.LogConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// A controller that applies what it decides, and keeps the records.
final class Machine {
    static final int NODE = 1;
    static final Uuid DIRECTORY = new Uuid(0x11, 0x22);

    final List<MetadataRecord> log = new ArrayList<>();
    final Controller controller;
    private long random;

    Machine(boolean canDeleteTopics) {
        controller = controller(canDeleteTopics);
        for (Features.Range feature : Features.SUPPORTED) {
            if (!feature.name().equals(Features.KRAFT_VERSION)) {
                write(new FeatureLevelRecord(feature.name(), (short) feature.initial()));
            }
        }
    }

    static Controller controller(boolean canDeleteTopics) {
        ConfigSchema schema =
                new ConfigSchema(Settings.definitions(LogConfig.class), List.of(), List.of());
        return new Controller(
                new Controller.Limits(3, (short) 1, canDeleteTopics),
                new Configurations(schema, new TreeMap<>(), NODE));
    }

    private void write(MetadataRecord record) {
        log.add(record);
        controller.apply(record);
    }

    Response call(ControllerCommand command) {
        Decision<ControllerCommand, MetadataRecord, Response> decision =
                controller.decide(command, new Moment(1_700_000_000_000L, ++random, random));
        decision.records().forEach(this::write);
        return ((Decision.Reply.Now<Response>) decision.reply()).value();
    }

    <R extends Response> R call(ControllerCommand command, Class<R> type) {
        return type.cast(call(command));
    }

    long register(boolean clean, Uuid... directories) {
        BrokerRegistrationRequest request = BrokerRegistrationRequest.DEFAULT
                .withBrokerId(NODE)
                .withIncarnationId(new Uuid(9, log.size()))
                .withRack(null)
                .withLogDirs(List.of(directories));
        return call(
                        new ControllerCommand.RegisterBroker(request, log.size(), clean),
                        BrokerRegistrationResponse.class)
                .brokerEpoch();
    }

    ClusterImage image() {
        return controller.image();
    }
}
