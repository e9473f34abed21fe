package io.millrace.platform;

import com.sun.management.UnixOperatingSystemMXBean;
import io.millrace.broker.BrokerConfig;
import io.millrace.protocol.BadSetting;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Looks at everything that `up` with the same options needs, without starting or changing
/// anything.
public final class Checkup {
    private static final int JAVA = 25;
    private static final long FILES_FOR_MANY = 65_536;
    private static final long FILES_AT_LEAST = 4_096;
    private static final long HEAP_AT_LEAST = 128L << 20;
    private static final Instant BEFORE_THIS_PROGRAM = Instant.parse("2026-01-01T00:00:00Z");

    private final NodeOptions options;
    private final List<Finding> findings = new ArrayList<>();

    public Checkup(NodeOptions options) {
        this.options = options;
    }

    /// Every finding, good ones too.
    public List<Finding> run() {
        java();
        memory();
        openFiles();
        clock();
        settings();
        return List.copyOf(findings);
    }

    private void java() {
        int version = Runtime.version().feature();
        String found = Runtime.version() + ", " + System.getProperty("java.vm.name");
        findings.add(
                version == JAVA
                        ? Finding.fine("java", found)
                        : Finding.bad("java", found, "install JDK 25 and set JAVA_HOME to it"));
    }

    private void memory() {
        long heap = Runtime.getRuntime().maxMemory();
        String found = (heap >> 20) + " MB heap, " + Runtime.getRuntime().availableProcessors()
                + " processors";
        findings.add(
                heap >= HEAP_AT_LEAST
                        ? Finding.fine("memory", found)
                        : Finding.poor("memory", found, "set MILLRACE_HEAP, such as 256m"));
    }

    private void openFiles() {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean os) {
            long max = os.getMaxFileDescriptorCount();
            String found = max + " files and sockets at once";
            String mend = "raise `ulimit -n` (nofile in limits.conf, LimitNOFILE of systemd) to "
                    + FILES_FOR_MANY;
            if (max >= FILES_FOR_MANY) {
                findings.add(Finding.fine("open files", found));
            } else if (max >= FILES_AT_LEAST) {
                findings.add(Finding.poor("open files", found + ": few for many partitions", mend));
            } else {
                findings.add(Finding.poor("open files", found + ": too few", mend));
            }
        }
    }

    private void clock() {
        Instant now = Instant.now();
        findings.add(
                now.isAfter(BEFORE_THIS_PROGRAM)
                        ? Finding.fine("clock", now.toString())
                        : Finding.bad("clock", now + " is long past", "set the clock"));
    }

    private void settings() {
        Path directory = options.data() == null ? Path.of("data") : options.data();
        Map<String, String> merged;
        try {
            merged = options.merged(directory);
            BrokerConfig.of(merged);
        } catch (BadSetting bad) {
            findings.add(Finding.bad(
                    "settings", String.valueOf(bad.getMessage()), "change --set or --config"));
            return;
        }
        findings.add(Finding.fine("settings", merged.size() + " given"));
        String directories = merged.getOrDefault("log.dirs", merged.getOrDefault("log.dir", ""));
        for (String each : directories.split("\\s*,\\s*")) {
            findings.addAll(new DirectoryCheckup(Path.of(each.strip())).run());
        }
        for (String listener : merged.getOrDefault("listeners", "").split("\\s*,\\s*")) {
            port("listeners", listener.replaceFirst("^[^:]*://", ""), "--listen");
        }
        String metrics = merged.getOrDefault("metrics.listen", "");
        if (!metrics.isEmpty() && !metrics.equals("off")) {
            port("metrics.listen", metrics, "--set metrics.listen");
        }
    }

    private void port(String check, String address, String option) {
        int colon = address.lastIndexOf(':');
        int port;
        try {
            port = Integer.parseInt(address.substring(colon + 1));
        } catch (NumberFormatException noNumber) {
            return; // told by the settings
        }
        String host = colon <= 0 ? "0.0.0.0" : address.substring(0, colon);
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(host, port));
            findings.add(Finding.fine(check, address + " is free"));
        } catch (IOException taken) {
            findings.add(Finding.bad(
                    check,
                    address + ": " + taken.getMessage(),
                    "stop who has it, or choose another by " + option));
        }
    }
}
