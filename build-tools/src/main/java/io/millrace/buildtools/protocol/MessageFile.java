package io.millrace.buildtools.protocol;

import io.millrace.buildtools.protocol.Schema.Field;
import io.millrace.buildtools.protocol.Schema.ListOf;
import io.millrace.buildtools.protocol.Schema.LogRecord;
import io.millrace.buildtools.protocol.Schema.Message;
import io.millrace.buildtools.protocol.Schema.Scalar;
import io.millrace.buildtools.protocol.Schema.Struct;
import java.util.stream.Collectors;

/// Writes the Java record of one message, with its structs nested in it.
final class MessageFile {
    private final JavaText java = new JavaText();
    private final Message message;
    private final String implementing;
    private final String doc;

    private MessageFile(Message message, String implementing, String doc) {
        this.message = message;
        this.implementing = implementing;
        this.doc = doc;
    }

    static String ofRequest(Schema.Api api) {
        return new MessageFile(api.request(), "Request", "The request of `" + api.name() + "`")
                .apiMessage(api);
    }

    static String ofResponse(Schema.Api api) {
        return new MessageFile(api.response(), "Response", "The response of `" + api.name() + "`")
                .apiMessage(api);
    }

    static String ofData(LogRecord data, String implementing) {
        var file = new MessageFile(
                data.message(), implementing, "`" + data.message().name() + "`");
        return file.dataMessage(data);
    }

    private String apiMessage(Schema.Api api) {
        header();
        java.blank().line("@Override");
        java.open("public Api api()");
        java.line("return Api." + ApiFile.constant(api.name()) + ";");
        java.close();
        return footer();
    }

    private String dataMessage(LogRecord data) {
        header();
        if (data.key() >= 0) {
            accessor("typeKey", "" + data.key());
        }
        accessor("lowestVersion", "LOWEST_VERSION");
        accessor("highestVersion", "HIGHEST_VERSION");
        return footer();
    }

    private void accessor(String name, String value) {
        java.blank().line("@Override");
        java.open("public int " + name + "()").line("return " + value + ";").close();
    }

    private void header() {
        java.line("package io.millrace.protocol;").blank();
        java.line("import java.nio.ByteBuffer;");
        java.line("import java.util.List;");
        java.line("import org.jspecify.annotations.Nullable;").blank();
        java.line("/// " + doc + ", versions " + message.versions() + ".");
        head(message.root(), " implements " + implementing);
        Versions versions = message.versions();
        java.line("public static final int LOWEST_VERSION = " + versions.lowest() + ";");
        java.line("public static final int HIGHEST_VERSION = " + versions.highest() + ";");
        body(message.root());
    }

    private String footer() {
        for (Struct struct : message.structs()) {
            java.blank();
            java.line("/// A part of [" + message.name() + "].");
            head(struct, "");
            body(struct);
            java.close();
        }
        java.close();
        return java.toString();
    }

    private void head(Struct struct, String suffix) {
        java.open("public record " + struct.name() + "("
                + struct.fields().stream()
                        .map(f -> JavaTypes.declared(f) + " " + f.name())
                        .collect(Collectors.joining(", "))
                + ")" + suffix);
    }

    private void body(Struct struct) {
        java.line("public static final " + struct.name() + " DEFAULT = new " + struct.name() + "("
                + struct.fields().stream()
                        .map(JavaTypes::defaultOf)
                        .collect(Collectors.joining(", "))
                + ");");
        compactConstructor(struct);
        struct.fields().stream().filter(f -> f.type() == Scalar.BYTES).forEach(this::bytesAccessor);
        struct.fields().forEach(field -> withMethod(struct, field));
        java.blank();
        new ReadMethod(java, message, struct).write();
        java.blank();
        new WriteMethod(java, message, struct).write();
    }

    private void compactConstructor(Struct struct) {
        var lists =
                struct.fields().stream().filter(f -> f.type() instanceof ListOf).toList();
        if (lists.isEmpty()) {
            return;
        }
        java.blank().open("public " + struct.name());
        for (Field field : lists) {
            String name = field.name();
            String copy = "WireList.copyOf(" + name + ")";
            java.line(name + " = "
                    + (field.nullable() == null ? copy : name + " == null ? null : " + copy) + ";");
        }
        java.close();
    }

    /// Hands out its own position, so that one reader cannot move another's.
    private void bytesAccessor(Field field) {
        String name = field.name();
        java.blank().open("public " + JavaTypes.declared(field) + " " + name + "()");
        String copy = name + ".duplicate()";
        java.line("return " + (field.nullable() == null ? copy : name + " == null ? null : " + copy)
                + ";");
        java.close();
    }

    private void withMethod(Struct struct, Field field) {
        String name = field.name();
        String upper = Character.toUpperCase(name.charAt(0)) + name.substring(1);
        java.blank();
        String parameter = JavaTypes.declared(field) + " " + name;
        java.open("public " + struct.name() + " with" + upper + "(" + parameter + ")");
        java.line("return new " + struct.name() + "("
                + struct.fields().stream().map(Field::name).collect(Collectors.joining(", "))
                + ");");
        java.close();
    }
}
