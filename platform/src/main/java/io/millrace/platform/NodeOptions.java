package io.millrace.platform;

import io.millrace.protocol.BadSetting;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What the command line says about a node, and the settings that follow from it. Options win over
/// `--set`, and that over the file.
///
/// @param roles empty for all
/// @param settings what `--set` gave
public record NodeOptions(
        @Nullable Path data,
        @Nullable String listen,
        List<String> roles,
        @Nullable Path config,
        Map<String, String> settings,
        boolean ephemeral) {
    private static final String DEFAULT_LISTEN = "127.0.0.1:9092";
    private static final int LAST_PORT = 65_535;

    /// Those that the command line knows; what a later version adds is accepted and starts nothing
    /// yet.
    private static final Set<String> ROLES = new TreeSet<>(
            List.of("broker", "controller", "registry", "connect", "sql", "rest", "console"));

    public NodeOptions {
        roles = List.copyOf(roles);
        settings = new LinkedHashMap<>(settings);
    }

    /// Everything together, by Kafka's keys.
    public Map<String, String> merged(Path directory) {
        check();
        var all = new LinkedHashMap<String, String>();
        if (config != null) {
            all.putAll(read(config));
        }
        all.putAll(settings);
        if (data != null
                || ephemeral
                || !all.containsKey("log.dirs") && !all.containsKey("log.dir")) {
            all.put("log.dirs", directory.resolve("log").toString());
        }
        if (listen != null || !all.containsKey("listeners")) {
            listeners(all, listen == null ? DEFAULT_LISTEN : listen);
        }
        if (!roles.isEmpty()) {
            all.put("process.roles", "broker,controller");
        }
        return all;
    }

    /// @throws BadSetting for what is wrong whatever the settings say
    void check() {
        for (String role : roles) {
            if (!ROLES.contains(role)) {
                throw new BadSetting(
                        "there is no role '" + role + "': choose from " + String.join(", ", ROLES));
            }
        }
        if (!roles.isEmpty() && !(roles.contains("broker") && roles.contains("controller"))) {
            throw new BadSetting("a node needs the roles broker and controller: write "
                    + "--roles broker,controller");
        }
    }

    private static void listeners(Map<String, String> all, String address) {
        int colon = address.lastIndexOf(':');
        int port = colon < 1 ? -1 : port(address.substring(colon + 1));
        if (port < 0 || port >= LAST_PORT) {
            throw new BadSetting("--listen " + address + " is not HOST:PORT, like 127.0.0.1:9092");
        }
        String host = address.substring(0, colon);
        int controllers = port == 0 ? 0 : port + 1;
        all.put(
                "listeners",
                "PLAINTEXT://" + address + ",CONTROLLER://" + host + ":" + controllers);
        all.putIfAbsent("controller.listener.names", "CONTROLLER");
    }

    private static int port(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException notANumber) {
            return -1;
        }
    }

    private static Map<String, String> read(Path file) {
        var properties = new Once(file);
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new BadSetting("cannot read the settings in " + file + " (" + reason(unreadable)
                    + "): give a properties file");
        }
        var texts = new LinkedHashMap<String, String>();
        properties.stringPropertyNames().stream()
                .sorted()
                .forEach(key -> texts.put(key, properties.getProperty(key)));
        return texts;
    }

    private static String reason(Exception unreadable) {
        return switch (unreadable) {
            case NoSuchFileException _ -> "there is no such file";
            case AccessDeniedException _ -> "permission denied";
            case MalformedInputException _ -> "it is not text in UTF-8";
            default -> String.valueOf(unreadable.getMessage());
        };
    }

    /// Refuses a key that comes twice, since nobody can tell which one was meant.
    private static final class Once extends Properties {
        private static final long serialVersionUID = 1;

        private final transient Path file;

        Once(Path file) {
            this.file = file;
        }

        @Override
        public synchronized @Nullable Object put(Object key, Object value) {
            if (containsKey(key)) {
                throw new BadSetting(
                        key + " stands twice in " + file + ": keep the one that you mean");
            }
            return super.put(key, value);
        }
    }
}
