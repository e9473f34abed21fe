package io.millrace.clients.network;

import io.millrace.protocol.BadSetting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Keys of Kafka's clients that these clients do not act on. What would promise something that is
/// not there, encryption above all, is refused; what changes nothing that a program could rely on
/// is accepted and ignored.
///
/// The table in docs/client.md names all of them with the reason.
public final class UnusedSettings {
    /// The one value of each that promises nothing.
    private static final Map<String, String> HARMLESS = new TreeMap<>(Map.of(
            "security.protocol", "PLAINTEXT",
            "security.providers", "",
            "config.providers", "",
            "bootstrap.controllers", "",
            "transaction.two.phase.commit.enable", "false"));

    private static final List<String> IGNORED = List.of(
            "client.dns.lookup",
            "enable.metrics.push",
            "internal.throw.on.fetch.stable.offset.unsupported",
            "metadata.max.idle.ms",
            "metric.reporters",
            "metrics.num.samples",
            "metrics.recording.level",
            "metrics.sample.window.ms",
            "receive.buffer.bytes",
            "retries",
            "send.buffer.bytes",
            "share.acknowledgement.mode",
            "share.acquire.mode",
            "socket.connection.setup.timeout.max.ms",
            "transaction.timeout.ms");

    private UnusedSettings() {}

    /// @throws BadSetting if one of the values asks for what is not there
    public static void check(Map<String, String> values) {
        List<String> problems = new ArrayList<>();
        HARMLESS.forEach((key, harmless) -> {
            String value = values.getOrDefault(key, harmless).strip();
            if (!value.toUpperCase(Locale.ROOT).equals(harmless.toUpperCase(Locale.ROOT))) {
                problems.add(key + "=" + value + " is not supported yet"
                        + (harmless.isEmpty() ? "" : ": only " + harmless + " is"));
            }
        });
        if (!problems.isEmpty()) {
            throw new BadSetting(String.join("; ", problems));
        }
    }

    /// Whether the key is one that is refused unless its value is harmless.
    public static boolean isRefused(String key) {
        return HARMLESS.containsKey(key);
    }

    /// Whether the key is accepted and has no effect. Those of TLS and SASL have none in Kafka's
    /// clients either as long as `security.protocol` is PLAINTEXT.
    public static boolean isIgnored(String key) {
        return IGNORED.contains(key) || key.startsWith("ssl.") || key.startsWith("sasl.");
    }
}
