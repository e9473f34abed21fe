package io.millrace.buildtools.protocol;

import io.millrace.buildtools.protocol.Schema.Api;
import io.millrace.buildtools.protocol.Schema.Log;
import io.millrace.buildtools.protocol.Schema.LogRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Reads the schema files of a folder and writes the package `io.millrace.protocol`: a record a
/// message, the enum `Api`, and the sealed interfaces over them. A file that would not change is
/// left alone, so that the compiler sees nothing new.
public final class ProtocolGenerator {
    private ProtocolGenerator() {}

    public static void main(String[] args) throws IOException {
        if (args.length != 2) {
            throw new IllegalArgumentException("usage: ProtocolGenerator <schemas> <output>");
        }
        Map<String, String> files = generate(parse(Path.of(args[0])));
        write(Path.of(args[1], "io", "millrace", "protocol"), files);
    }

    static Schema parse(Path folder) throws IOException {
        SchemaParser parser = new SchemaParser();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file :
                    all.filter(f -> f.toString().endsWith(".api")).sorted().toList()) {
                parser.parse(file.getFileName().toString(), Files.readString(file));
            }
        }
        return parser.schema();
    }

    static Map<String, String> generate(Schema schema) {
        Map<String, String> files = new TreeMap<>();
        List<Api> apis = schema.apis();
        for (Api api : apis) {
            files.put(api.request().name(), MessageFile.ofRequest(api));
            files.put(api.response().name(), MessageFile.ofResponse(api));
        }
        for (LogRecord data : schema.data()) {
            files.put(data.message().name(), MessageFile.ofData(data, interfaceOf(schema, data)));
        }
        for (Log log : schema.logs()) {
            files.put(log.name(), LogFile.of(log));
        }
        files.put("DataRecord", LogFile.dataRecord(schema));
        files.put("Api", ApiFile.api(apis));
        files.put("Request", ApiFile.sealed("Request", apis, Api::request));
        files.put("Response", ApiFile.sealed("Response", apis, Api::response));
        return files;
    }

    private static String interfaceOf(Schema schema, LogRecord data) {
        return schema.logs().stream()
                .filter(log -> log.records().contains(data))
                .findFirst()
                .map(Log::name)
                .orElse("DataRecord");
    }

    private static void write(Path folder, Map<String, String> files) throws IOException {
        Files.createDirectories(folder);
        for (Map.Entry<String, String> entry : files.entrySet()) {
            Path file = folder.resolve(entry.getKey() + ".java");
            if (!Files.exists(file) || !Files.readString(file).equals(entry.getValue())) {
                Files.writeString(file, entry.getValue());
            }
        }
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.toList()) {
                String name = file.getFileName().toString().replace(".java", "");
                if (!files.containsKey(name)) {
                    Files.delete(file);
                }
            }
        }
    }
}
