package io.millrace.buildtools.protocol;

import io.millrace.buildtools.protocol.Schema.Field;
import io.millrace.buildtools.protocol.Schema.ListOf;
import io.millrace.buildtools.protocol.Schema.Message;
import io.millrace.buildtools.protocol.Schema.Role;
import io.millrace.buildtools.protocol.Schema.Scalar;
import io.millrace.buildtools.protocol.Schema.Struct;
import io.millrace.buildtools.protocol.Schema.StructType;
import io.millrace.buildtools.protocol.Schema.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads the fields of one message. Structs that stand under the field that uses them know its
/// versions; those declared by `struct Name`, for use in several places, are taken to exist in
/// every version.
final class StructParser {
    private final SchemaParser.Lines lines;
    private final Versions versions;
    private final List<Struct> structs = new ArrayList<>();
    private final List<String> used = new ArrayList<>();

    StructParser(SchemaParser.Lines lines, Versions versions) {
        this.lines = lines;
        this.versions = versions;
    }

    Message message(Role role, String name, int flexibleFrom) {
        Struct root = struct(name, versions, 1);
        for (String struct : used) {
            if (structs.stream().noneMatch(s -> s.name().equals(struct))) {
                throw new IllegalArgumentException(name + ": no struct " + struct);
            }
        }
        return new Message(role, name, versions, flexibleFrom, root, List.copyOf(structs));
    }

    private Struct struct(String name, Versions within, int depth) {
        List<Field> fields = new ArrayList<>();
        while (lines.nextIsAt(depth)) {
            SchemaLine line = lines.next();
            if (line.first().equals("struct")) {
                declare(line, struct(line.word(1), versions, depth + 1));
                continue;
            }
            Field field = field(line, within);
            fields.add(field);
            if (lines.nextIsAt(depth + 1)) {
                String type = structName(field.type());
                declare(line, struct(type, field.versions(), depth + 1));
            }
        }
        return new Struct(name, within, List.copyOf(fields));
    }

    private void declare(SchemaLine line, Struct struct) {
        if (structs.stream().anyMatch(s -> s.name().equals(struct.name()))) {
            throw new IllegalArgumentException(
                    "line " + line.number() + ": " + struct.name() + " is declared twice");
        }
        structs.add(struct);
    }

    private static String structName(Type type) {
        return switch (type) {
            case StructType(String name) -> name;
            case ListOf(Type element) -> structName(element);
            case Scalar scalar -> throw new IllegalArgumentException(scalar + " has no fields");
        };
    }

    private Field field(SchemaLine line, Versions within) {
        String typeWord = line.word(1);
        int mark = typeWord.indexOf('?');
        Type type = type(mark < 0 ? typeWord : typeWord.substring(0, mark));
        String defaultText = null;
        Versions range = within;
        int tag = -1;
        boolean ignorable = false;
        boolean rigid = false;
        for (int i = 2; i < line.words().size(); i++) {
            switch (line.word(i)) {
                case "=" -> defaultText = line.word(++i);
                case "tag" -> tag = Integer.parseInt(line.word(++i));
                case "ignorable" -> ignorable = true;
                case "rigid" -> rigid = true;
                default -> range = range(line, line.word(i), within);
            }
        }
        Versions nullable = nullable(line, typeWord, mark, range);
        return new Field(line.first(), type, range, nullable, defaultText, tag, ignorable, rigid);
    }

    private static @Nullable Versions nullable(
            SchemaLine line, String typeWord, int mark, Versions range) {
        if (mark < 0) {
            return null;
        }
        String since = typeWord.substring(mark + 1);
        return since.isEmpty() ? range : range(line, since, range);
    }

    private static Versions range(SchemaLine line, String text, Versions within) {
        try {
            return Versions.parse(text, within);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("line " + line.number() + ": " + e.getMessage(), e);
        }
    }

    private Type type(String word) {
        if (word.startsWith("[]")) {
            return new ListOf(type(word.substring(2)));
        }
        if (Character.isUpperCase(word.charAt(0))) {
            used.add(word);
            return new StructType(word);
        }
        return Scalar.valueOf(word.toUpperCase(Locale.ROOT));
    }
}
