package io.millrace.buildtools.protocol;

import io.millrace.buildtools.protocol.Schema.Field;
import io.millrace.buildtools.protocol.Schema.ListOf;
import io.millrace.buildtools.protocol.Schema.Message;
import io.millrace.buildtools.protocol.Schema.Role;
import io.millrace.buildtools.protocol.Schema.Scalar;
import io.millrace.buildtools.protocol.Schema.Struct;
import io.millrace.buildtools.protocol.Schema.StructType;
import io.millrace.buildtools.protocol.Schema.Type;
import java.util.List;
import java.util.Locale;

/// Writes the `write` method of one struct. A value that the version cannot carry is left out of a
/// reply; in requests and stored records that would lose information, so there it is an error.
final class WriteMethod {
    private final JavaText java;
    private final Message message;
    private final Struct struct;
    private final Flexibility flexibility;

    WriteMethod(JavaText java, Message message, Struct struct) {
        this.java = java;
        this.message = message;
        this.struct = struct;
        this.flexibility = new Flexibility(message.flexibleFrom(), struct);
    }

    void write() {
        boolean isRoot = struct == message.root();
        if (isRoot) {
            java.line("@Override");
        }
        java.open("public void write(WireWriter out, int version)");
        if (isRoot) {
            java.line("out.checkVersion(\"" + struct.name()
                    + "\", version, LOWEST_VERSION, HIGHEST_VERSION);");
        }
        flexibility.declare(java);
        struct.untagged().forEach(this::untagged);
        struct.tagged().forEach(this::lostTag);
        if (flexibility.possible()) {
            tags(struct.tagged());
        }
        java.close();
    }

    private void untagged(Field field) {
        String condition = JavaTypes.within(field.versions(), struct.versions());
        if (condition.isEmpty()) {
            value(field);
            return;
        }
        java.open("if (" + condition + ")");
        value(field);
        if (mustNotLose(field)) {
            java.next("else if (" + JavaTypes.differs(field, self(field)) + ")");
            refuse(field);
        }
        java.close();
    }

    private void lostTag(Field field) {
        String condition = JavaTypes.within(field.versions(), struct.versions());
        if (!condition.isEmpty() && mustNotLose(field)) {
            String present = condition.contains("&&") ? "(" + condition + ")" : condition;
            java.open("if (!(" + present + ") && " + JavaTypes.differs(field, self(field)) + ")");
            refuse(field);
            java.close();
        }
    }

    private boolean mustNotLose(Field field) {
        return message.role() != Role.RESPONSE && !field.ignorable();
    }

    private void refuse(Field field) {
        java.line("throw new UnsupportedVersion(\"" + struct.name() + "\", \"" + field.name()
                + "\", version);");
    }

    private static String self(Field field) {
        return "this." + field.name();
    }

    private void tags(List<Field> tagged) {
        flexibility.open(java);
        if (tagged.isEmpty()) {
            java.line("out.unsignedVarint(0);");
        } else {
            for (Field field : tagged) {
                String condition = JavaTypes.within(field.versions(), flexibility.range());
                java.line("boolean " + has(field) + " = "
                        + (condition.isEmpty() ? "" : condition + " && ")
                        + JavaTypes.differs(field, self(field)) + ";");
            }
            java.line("int tags = 0;");
            for (Field field : tagged) {
                java.open("if (" + has(field) + ")").line("tags++;").close();
            }
            java.line("out.unsignedVarint(tags);");
            for (Field field : tagged) {
                java.open("if (" + has(field) + ")");
                java.line("int mark = out.beginTag(" + field.tag() + ");");
                value(field);
                java.line("out.endTag(mark);");
                java.close();
            }
        }
        flexibility.close(java);
    }

    private static String has(Field field) {
        return "has" + Character.toUpperCase(field.name().charAt(0))
                + field.name().substring(1);
    }

    private void value(Field field) {
        if (field.nullable() != null) {
            String condition = JavaTypes.within(field.nullable(), field.versions());
            if (!condition.isEmpty()) {
                java.open("if (!(" + condition + ") && " + self(field) + " == null)");
                refuse(field);
                java.close();
            }
        }
        switch (field.type()) {
            case ListOf(Type element) -> list(field, element);
            case StructType(String _) -> structValue(field);
            case Scalar scalar -> scalar(field, scalar);
        }
    }

    private void structValue(Field field) {
        if (field.nullable() == null) {
            java.line(self(field) + ".write(out, version);");
            return;
        }
        String marker = field.tag() < 0 ? "nullStruct" : "nullTaggedStruct";
        java.open("if (out." + marker + "(" + self(field) + " == null))");
        java.line(self(field) + ".write(out, version);");
        java.close();
    }

    private void scalar(Field field, Scalar scalar) {
        java.line("out." + (field.nullable() == null ? method(scalar) : nullable(scalar)) + "("
                + self(field) + argument(scalar, field.rigid()) + ");");
    }

    private void list(Field field, Type element) {
        String flexible = flexibility.argument();
        if (field.nullable() != null) {
            java.open("if (" + self(field) + " == null)");
            java.line("out.arrayLength(-1, " + flexible + ");");
            java.next("else");
        }
        java.line("out.arrayLength(" + self(field) + ".size(), " + flexible + ");");
        java.open("for (" + JavaTypes.bare(element) + " item : " + self(field) + ")");
        if (element instanceof Scalar scalar) {
            java.line("out." + method(scalar) + "(item" + argument(scalar, false) + ");");
        } else {
            java.line("item.write(out, version);");
        }
        java.close();
        if (field.nullable() != null) {
            java.close();
        }
    }

    private static String method(Scalar scalar) {
        return scalar.name().toLowerCase(Locale.ROOT);
    }

    private static String nullable(Scalar scalar) {
        String name = method(scalar);
        return "nullable" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    private String argument(Scalar scalar, boolean rigid) {
        return switch (scalar) {
            case STRING, BYTES, RECORDS -> ", " + (rigid ? "false" : flexibility.argument());
            case BOOL, INT8, INT16, UINT16, INT32, UINT32, INT64, FLOAT64, UUID, ERROR -> "";
        };
    }
}
