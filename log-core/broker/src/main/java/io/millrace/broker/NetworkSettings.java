package io.millrace.broker;

import io.millrace.config.Setting;
import io.millrace.config.Setting.Update;
import io.millrace.protocol.BadSetting;
import io.millrace.transport.AcceptLimits;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How clients reach this node, and how much they may ask of it.
record NetworkSettings(
        @Setting(
                key = "listeners",
                value = "PLAINTEXT://127.0.0.1:9092",
                help = "Where to listen: NAME://HOST:PORT, separated by commas. "
                        + "Port 0 takes a free one.",
                update = Update.NODE)
        List<String> listeners,

        @Setting(
                key = "advertised.listeners",
                value = "",
                help = "How clients reach the listeners, where that is not their own address.")
        List<String> advertisedListeners,

        @Setting(
                key = "controller.listener.names",
                value = "CONTROLLER",
                help = "Listeners that are for controllers. Where `listeners` has none, the first "
                        + "gets the port after that of clients, or a free one.")
        List<String> controllerListenerNames,

        @Setting(
                key = "millrace.event.loops",
                value = "0",
                range = "0..256",
                help = "Threads that serve connections and own partitions; 0: one for every two "
                        + "processors.")
        int eventLoops,

        @Setting(
                key = "socket.request.max.bytes",
                value = "104857600",
                range = "1..",
                help = "The largest request; whoever claims to send a larger one is cut off.")
        int maxRequestBytes,

        @Setting(
                key = "queued.max.request.bytes",
                value = "-1",
                help = "Memory for requests that are being read and answered; beyond it, clients "
                        + "are not read from. -1: a quarter of the memory the process may use.")
        long queuedMaxRequestBytes,

        @Setting(
                key = "max.connections",
                value = "2147483647",
                range = "0..",
                help = "Connections at the same time.",
                update = Update.CLUSTER)
        int maxConnections,

        @Setting(
                key = "max.connections.per.ip",
                value = "2147483647",
                range = "0..",
                help = "Connections at the same time from one address.",
                update = Update.CLUSTER)
        int maxConnectionsPerIp,

        @Setting(
                key = "max.connections.per.ip.overrides",
                value = "",
                help = "Other limits for some addresses: ADDRESS:NUMBER, separated by commas.",
                update = Update.CLUSTER)
        String maxConnectionsPerIpOverrides,

        @Setting(
                key = "connections.max.idle.ms",
                value = "600000",
                help = "Close connections that are silent for so long; negative: never.")
        long maxIdleMs,

        @Setting(
                key = "fetch.max.bytes",
                value = "57671680",
                range = "1024..",
                help = "The most that one fetch gets, whatever it asks for.")
        int fetchMaxBytes,

        @Setting(
                key = "max.request.partition.size.limit",
                value = "2000",
                range = "1..",
                help = "Partitions that one answer of DescribeTopicPartitions holds at most.")
        int partitionsTold,

        @Setting(
                key = "max.incremental.fetch.session.cache.slots",
                value = "1000",
                range = "0..",
                help = "Fetch sessions that are remembered.")
        int fetchSessions) {

    /// The largest direct memory that a heap of the JVM's default allows is as large as the heap.
    long requestBytes() {
        return queuedMaxRequestBytes > 0
                ? queuedMaxRequestBytes
                : Runtime.getRuntime().maxMemory() / 4;
    }

    /// A request that crosses from one loop to another costs two wake-ups of a sleeping thread, and
    /// the disks' writers and readers need processors too: on two processors one loop took a
    /// quarter less CPU for a gigabyte than two.
    int loops() {
        int half = Runtime.getRuntime().availableProcessors() / 2;
        return eventLoops > 0 ? eventLoops : Math.max(1, half);
    }

    AcceptLimits limits() {
        return new AcceptLimits(
                maxConnections, maxConnectionsPerIp, overrides(), maxRequestBytes, maxIdleMs);
    }

    private Map<String, Integer> overrides() {
        Map<String, Integer> limits = new HashMap<>();
        for (String each : maxConnectionsPerIpOverrides.split(",")) {
            if (!each.isBlank()) {
                int colon = each.lastIndexOf(':');
                try {
                    limits.put(
                            each.substring(0, Math.max(0, colon)).strip(),
                            Integer.parseInt(each.substring(colon + 1).strip()));
                } catch (NumberFormatException e) {
                    throw new BadSetting("max.connections.per.ip.overrides: '" + each
                            + "' is not ADDRESS:NUMBER");
                }
            }
        }
        return limits;
    }
}
