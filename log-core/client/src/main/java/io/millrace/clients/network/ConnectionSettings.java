package io.millrace.clients.network;

import io.millrace.config.Setting;
import java.util.List;

/// Settings that all clients share.
public record ConnectionSettings(
        @Setting(
                key = "bootstrap.servers",
                value = Setting.REQUIRED,
                help = "HOST:PORT of some servers of the cluster, by which the others are found.")
        List<String> bootstrapServers,

        @Setting(
                key = "client.id",
                value = "",
                help = "A name for the client in the servers' logs.")
        String clientId,

        @Setting(
                key = "request.timeout.ms",
                value = "30000",
                range = "0..",
                help = "How long to wait for the answer to a request.")
        int requestTimeoutMs,

        @Setting(
                key = "reconnect.backoff.ms",
                value = "50",
                range = "0..",
                help = "The first wait before connecting to a server again.")
        long reconnectBackoffMs,

        @Setting(
                key = "reconnect.backoff.max.ms",
                value = "1000",
                range = "0..",
                help = "The longest wait before connecting to a server again.")
        long reconnectBackoffMaxMs,

        @Setting(
                key = "retry.backoff.ms",
                value = "100",
                range = "0..",
                help = "The first wait before a request is tried again.")
        long retryBackoffMs,

        @Setting(
                key = "retry.backoff.max.ms",
                value = "1000",
                range = "0..",
                help = "The longest wait before a request is tried again.")
        long retryBackoffMaxMs,

        @Setting(
                key = "metadata.max.age.ms",
                value = "300000",
                range = "0..",
                help = "Ask for the metadata at least so often.")
        long metadataMaxAgeMs,

        @Setting(
                key = "connections.max.idle.ms",
                value = "540000",
                help = "Close a connection that was silent for so long.")
        long connectionsMaxIdleMs,

        @Setting(
                key = "socket.connection.setup.timeout.ms",
                value = "10000",
                range = "0..",
                help = "How long to wait until a connection stands.")
        long socketConnectionSetupTimeoutMs,

        @Setting(
                key = "metadata.recovery.strategy",
                value = "rebootstrap",
                oneOf = {"none", "rebootstrap"},
                help = "Whether to go back to the bootstrap servers when no server can be reached.")
        String metadataRecoveryStrategy,

        @Setting(
                key = "metadata.recovery.rebootstrap.trigger.ms",
                value = "300000",
                range = "0..",
                help = "After how long without metadata to go back to the bootstrap servers.")
        long rebootstrapTriggerMs) {
    public boolean mayRebootstrap() {
        return metadataRecoveryStrategy.equals("rebootstrap");
    }
}
