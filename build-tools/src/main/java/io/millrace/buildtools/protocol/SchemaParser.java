package io.millrace.buildtools.protocol;

import io.millrace.buildtools.protocol.Schema.Api;
import io.millrace.buildtools.protocol.Schema.Log;
import io.millrace.buildtools.protocol.Schema.LogRecord;
import io.millrace.buildtools.protocol.Schema.Message;
import io.millrace.buildtools.protocol.Schema.Role;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads schema files. The format, by example:
/// ```
/// api 12 Heartbeat  versions 0-4  flexible 4+  listeners broker
/// request
///   groupId          string
///   groupInstanceId  string?  = null  3+
/// response
///   throttleTimeMs   int32  1+  ignorable
///   errorCode        error
/// ```
/// `log Name` gathers the `data Name key 2 versions 0-1 flexible 0+` that follow it.
final class SchemaParser {
    private final List<Api> apis = new ArrayList<>();
    private final List<LogRecord> data = new ArrayList<>();
    private final Map<String, List<LogRecord>> logs = new LinkedHashMap<>();

    void parse(String file, String text) {
        try {
            parse(new Lines(SchemaLine.of(text)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    Schema schema() {
        apis.sort(Comparator.comparingInt(Api::key));
        List<Log> all = new ArrayList<>();
        logs.forEach((name, records) -> all.add(new Log(name, List.copyOf(records))));
        return new Schema(List.copyOf(apis), List.copyOf(data), all);
    }

    private void parse(Lines lines) {
        String log = "";
        while (lines.hasNext()) {
            SchemaLine line = lines.next();
            switch (line.first()) {
                case "api" -> apis.add(api(line, lines));
                case "log" -> log = line.word(1);
                case "data" -> {
                    LogRecord record = record(line, lines);
                    data.add(record);
                    if (!log.isEmpty()) {
                        logs.computeIfAbsent(log, _ -> new ArrayList<>()).add(record);
                    }
                }
                default ->
                    throw new IllegalArgumentException(
                            "line " + line.number() + ": expected api, log or data");
            }
        }
    }

    private static Api api(SchemaLine line, Lines lines) {
        Options options = new Options(line, 3);
        String name = line.word(2);
        Versions versions = options.versions();
        expect(lines, "request");
        Message request = message(Role.REQUEST, name + "Request", options, lines);
        expect(lines, "response");
        Message response = message(Role.RESPONSE, name + "Response", options, lines);
        return new Api(
                Integer.parseInt(line.word(1)),
                name,
                versions,
                options.number("unstable", versions.highest() + 1),
                options.number("advertise", versions.lowest()),
                options.listeners(),
                request,
                response);
    }

    private static void expect(Lines lines, String word) {
        SchemaLine line = lines.next();
        if (!line.first().equals(word)) {
            throw new IllegalArgumentException("line " + line.number() + ": expected " + word);
        }
    }

    private static LogRecord record(SchemaLine line, Lines lines) {
        Options options = new Options(line, 2);
        return new LogRecord(
                options.number("key", -1), message(Role.DATA, line.word(1), options, lines));
    }

    private static Message message(Role role, String name, Options options, Lines lines) {
        int flexible = options.number("flexible", Message.NEVER);
        return new StructParser(lines, options.versions()).message(role, name, flexible);
    }

    /// What follows the name on an `api` or `data` line: pairs of word and value.
    private static final class Options {
        private final Map<String, String> values = new LinkedHashMap<>();
        private final Set<String> listeners = new LinkedHashSet<>();

        Options(SchemaLine line, int from) {
            for (int i = from; i < line.words().size(); i++) {
                switch (line.word(i)) {
                    case "versions", "flexible", "unstable", "advertise", "key" ->
                        values.put(line.word(i), line.word(++i));
                    case "listeners" -> {}
                    case "broker", "controller" -> listeners.add(line.word(i));
                    default ->
                        throw new IllegalArgumentException(
                                "line " + line.number() + ": unknown word " + line.word(i));
                }
            }
        }

        Versions versions() {
            String text = values.get("versions");
            if (text == null) {
                throw new IllegalArgumentException("no versions given");
            }
            return Versions.parse(text, new Versions(0, Short.MAX_VALUE));
        }

        int number(String word, int otherwise) {
            String text = values.get(word);
            return text == null ? otherwise : Integer.parseInt(text.replace("+", ""));
        }

        Set<String> listeners() {
            return listeners;
        }
    }

    /// The lines of a file and how far we are.
    static final class Lines {
        private final List<SchemaLine> lines;
        private int at;

        Lines(List<SchemaLine> lines) {
            this.lines = lines;
        }

        boolean hasNext() {
            return at < lines.size();
        }

        SchemaLine next() {
            if (!hasNext()) {
                throw new IllegalArgumentException("the file ends too early");
            }
            return lines.get(at++);
        }

        boolean nextIsAt(int depth) {
            return hasNext() && lines.get(at).depth() == depth;
        }
    }
}
