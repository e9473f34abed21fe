package io.millrace.platform.conformance;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// How this JVM's class path starts another one.
final class Jvm {
    private static final List<String> FLAGS = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+AutoCreateSharedArchive",
            "-Xlog:cds=off,aot=off",
            "--enable-native-access=ALL-UNNAMED",
            "-Dlog4j2.level=WARN");

    private Jvm() {}

    /// A command that has Kafka's classes and none of ours.
    static List<String> command(String heap, String mainClass, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + heap);
        command.addAll(FLAGS);
        // The first process leaves its classes behind, and the others start faster.
        command.add(
                "-XX:SharedArchiveFile=" + Path.of("target", mainClass + ".jsa").toAbsolutePath());
        command.add("-cp");
        command.add(jars());
        command.add(mainClass);
        command.addAll(arguments);
        return command;
    }

    private static String jars() {
        String classPath = System.getProperty(
                "surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(classPath.split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar") && !entry.contains("millrace"))
                .filter(entry -> !entry.contains("logback"))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
