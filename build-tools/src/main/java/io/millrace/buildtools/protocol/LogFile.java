package io.millrace.buildtools.protocol;

import io.millrace.buildtools.protocol.Schema.Data;
import io.millrace.buildtools.protocol.Schema.Log;
import java.util.stream.Collectors;

/// Writes the sealed interface over the records of one log, which finds the type by its key.
final class LogFile {
    private LogFile() {}

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
        for (Data data : log.records()) {
            java.line("case " + data.key() + " -> " + data.message().name() + ".read(in, version);");
        }
        java.line("default -> null;");
        java.close(";");
        java.close();
        java.close();
        return java.toString();
    }
}
