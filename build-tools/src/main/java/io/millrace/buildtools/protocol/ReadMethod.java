package io.millrace.buildtools.protocol;

import io.millrace.buildtools.protocol.Schema.Field;
import io.millrace.buildtools.protocol.Schema.ListOf;
import io.millrace.buildtools.protocol.Schema.Message;
import io.millrace.buildtools.protocol.Schema.Scalar;
import io.millrace.buildtools.protocol.Schema.Struct;
import io.millrace.buildtools.protocol.Schema.StructType;
import io.millrace.buildtools.protocol.Schema.Type;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Writes the `read` method of one struct. Locals end in an underscore, so no field can collide
/// with the parameters.
final class ReadMethod {
    private final JavaText java;
    private final Message message;
    private final Struct struct;
    private final Flexibility flexibility;

    ReadMethod(JavaText java, Message message, Struct struct) {
        this.java = java;
        this.message = message;
        this.struct = struct;
        this.flexibility = new Flexibility(message.flexibleFrom(), struct);
    }

    void write() {
        java.open("public static " + struct.name() + " read(WireReader in, int version)");
        if (struct == message.root()) {
            java.line("in.checkVersion(\"" + struct.name()
                    + "\", version, LOWEST_VERSION, HIGHEST_VERSION);");
        }
        flexibility.declare(java);
        struct.untagged().forEach(this::untagged);
        for (Field field : struct.tagged()) {
            java.line(JavaTypes.declared(field) + " " + local(field) + " = "
                    + JavaTypes.defaultOf(field) + ";");
        }
        if (flexibility.possible()) {
            tags(struct.tagged());
        }
        java.line("return new " + struct.name() + "("
                + struct.fields().stream().map(ReadMethod::local).collect(Collectors.joining(", "))
                + ");");
        java.close();
    }

    private static String local(Field field) {
        return field.name() + "_";
    }

    private void untagged(Field field) {
        String condition = JavaTypes.within(field.versions(), struct.versions());
        boolean isList = field.type() instanceof ListOf;
        String declaration = JavaTypes.declared(field) + " " + local(field);
        if (isList) {
            java.line(declaration + (condition.isEmpty() ? ";" : " = " + defaultOf(field) + ";"));
            if (!condition.isEmpty()) {
                java.open("if (" + condition + ")");
            }
            list(field);
            if (!condition.isEmpty()) {
                java.close();
            }
        } else {
            String value = condition.isEmpty()
                    ? value(field)
                    : condition + " ? " + value(field) + " : " + defaultOf(field);
            java.line(declaration + " = " + value + ";");
        }
    }

    private static String defaultOf(Field field) {
        return JavaTypes.defaultOf(field);
    }

    private void tags(List<Field> tagged) {
        flexibility.open(java);
        if (tagged.isEmpty()) {
            java.line("in.skipTags();");
        } else {
            java.open("for (int left = in.tagCount(); left > 0; left--)");
            java.line("int tag = in.tag();");
            java.line("int end = in.endOfTag();");
            java.open("switch (tag)");
            for (Field field : tagged) {
                taggedCase(field);
            }
            java.line("default -> in.skipTo(end);");
            java.close();
            java.line("in.checkEndOfTag(tag, end);");
            java.close();
        }
        flexibility.close(java);
    }

    private void taggedCase(Field field) {
        java.open("case " + field.tag() + " ->");
        String condition = JavaTypes.within(field.versions(), flexibility.range());
        if (!condition.isEmpty()) {
            java.open("if (" + condition + ")");
        }
        if (field.type() instanceof ListOf) {
            list(field);
        } else {
            java.line(local(field) + " = " + value(field) + ";");
        }
        if (!condition.isEmpty()) {
            java.next("else").line("in.skipTo(end);").close();
        }
        java.close();
    }

    private void list(Field field) {
        Type element = ((ListOf) field.type()).element();
        String count = field.name() + "Count";
        String items = field.name() + "Items";
        String flexible = flexibility.argument();
        String length = nullably(field, "arrayLength", flexible);
        java.line("int " + count + " = " + length + ";");
        if (field.nullable() != null) {
            java.open("if (" + count + " < 0)").line(local(field) + " = null;").next("else");
        }
        java.line("var " + items + " = new WireList.Growing<" + JavaTypes.boxed(element) + ">("
                + count + ");");
        java.open("for (int i = 0; i < " + count + "; i++)");
        java.line(items + ".add(" + element(element) + ");");
        java.close();
        java.line(local(field) + " = " + items + ".list();");
        if (field.nullable() != null) {
            java.close();
        }
    }

    private String element(Type type) {
        return switch (type) {
            case StructType(String name) -> name + ".read(in, version)";
            case Scalar scalar -> "in." + method(scalar) + "(" + argument(scalar) + ")";
            case ListOf(Type _) -> throw new IllegalArgumentException("no lists of lists");
        };
    }

    private String value(Field field) {
        return switch (field.type()) {
            case StructType(String name) -> {
                String read = name + ".read(in, version)";
                String isNull = field.tag() < 0 ? "isNullStruct" : "isNullTaggedStruct";
                yield field.nullable() == null
                        ? read
                        : "(in." + isNull + "() ? null : " + read + ")";
            }
            case Scalar scalar -> {
                yield nullably(field, method(scalar), field.rigid() ? "false" : argument(scalar));
            }
            case ListOf(Type _) -> throw new IllegalStateException();
        };
    }

    /// `in.x()`, `in.nullableX()`, or a choice of the two by version.
    private String nullably(Field field, String method, String argument) {
        String rest = method.substring(1) + "(" + argument + ")";
        String plain = "in." + method.charAt(0) + rest;
        if (field.nullable() == null) {
            return plain;
        }
        String nullable = "in.nullable" + Character.toUpperCase(method.charAt(0)) + rest;
        String condition = JavaTypes.within(field.nullable(), field.versions());
        return condition.isEmpty()
                ? nullable
                : "(" + condition + " ? " + nullable + " : " + plain + ")";
    }

    private static String method(Scalar scalar) {
        return scalar.name().toLowerCase(Locale.ROOT);
    }

    private String argument(Scalar scalar) {
        return switch (scalar) {
            case STRING, BYTES, RECORDS -> flexibility.argument();
            case BOOL, INT8, INT16, UINT16, INT32, UINT32, INT64, FLOAT64, UUID, ERROR -> "";
        };
    }
}
