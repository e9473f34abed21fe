package io.millrace.buildtools.protocol;

import io.millrace.buildtools.protocol.Schema.Log;
import io.millrace.buildtools.protocol.Schema.LogRecord;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Writes the sealed interface over the records of one log, which finds the type by its key.
final class LogFile {
    private LogFile() {}

    /// The interface over everything that is not a request or response.
    static String dataRecord(Schema schema) {
        Stream<String> logs = schema.logs().stream().map(Log::name);
        Stream<String> alone = schema.data().stream()
                .filter(d ->
                        schema.logs().stream().noneMatch(log -> log.records().contains(d)))
                .map(d -> d.message().name());
        JavaText java = new JavaText();
        java.line("package io.millrace.protocol;").blank();
        java.line("/// What is stored in a log or a file, or travels within another message.");
        java.open("public sealed interface DataRecord extends Message permits "
                + Stream.concat(logs, alone).collect(Collectors.joining(", ")));
        java.line("int lowestVersion();").blank();
        java.line("int highestVersion();");
        java.close();
        return java.toString();
    }

    static String of(Log log) {
        String name = log.name();
        JavaText java = new JavaText();
        java.line("package io.millrace.protocol;").blank();
        java.line("import org.jspecify.annotations.Nullable;").blank();
        java.line("/// Every `" + name + "`, told apart by its key.");
        java.open("public sealed interface " + name + " extends DataRecord permits "
                + log.records().stream()
                        .map(d -> d.message().name())
                        .collect(Collectors.joining(", ")));
        java.line("/// The number that names the type in the log.");
        java.line("int typeKey();").blank();
        java.line("/// Reads the type that `typeKey` names; null if it names none.");
        java.open("static @Nullable " + name + " read(int typeKey, int version, WireReader in)");
        java.open("return switch (typeKey)");
        for (LogRecord data : log.records()) {
            String type = data.message().name();
            java.line("case " + data.key() + " -> " + type + ".read(in, version);");
        }
        java.line("default -> null;");
        java.close(";");
        java.close();
        java.close();
        return java.toString();
    }
}
