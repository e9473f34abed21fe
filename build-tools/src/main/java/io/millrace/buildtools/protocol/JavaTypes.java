package io.millrace.buildtools.protocol;

import io.millrace.buildtools.protocol.Schema.Field;
import io.millrace.buildtools.protocol.Schema.ListOf;
import io.millrace.buildtools.protocol.Schema.Scalar;
import io.millrace.buildtools.protocol.Schema.StructType;
import io.millrace.buildtools.protocol.Schema.Type;

/// How the types and defaults of the schema read in Java.
final class JavaTypes {
    private JavaTypes() {}

    /// The declared type of a field, with its nullness.
    static String declared(Field field) {
        return (field.nullable() == null ? "" : "@Nullable ") + bare(field.type());
    }

    static String bare(Type type) {
        return switch (type) {
            case Scalar scalar -> scalar.java;
            case StructType(String name) -> name;
            case ListOf(Type element) -> "List<" + boxed(element) + ">";
        };
    }

    static String boxed(Type type) {
        return type instanceof Scalar scalar ? scalar.boxed : bare(type);
    }

    static String defaultOf(Field field) {
        String text = field.defaultText();
        if (field.isNullDefault()) {
            return "null";
        }
        return switch (field.type()) {
            case Scalar scalar -> text == null ? scalar.zero : literal(scalar, text);
            case StructType(String name) -> name + ".DEFAULT";
            case ListOf(Type _) -> "List.of()";
        };
    }

    private static String literal(Scalar scalar, String text) {
        return switch (scalar) {
            case INT8 -> "(byte) " + text;
            case INT16 -> "(short) " + text;
            case INT64, UINT32 -> text + "L";
            case UINT16, INT32, BOOL, FLOAT64, STRING -> text;
            case ERROR, UUID, BYTES, RECORDS ->
                throw new IllegalArgumentException(scalar + " takes no default but null");
        };
    }

    /// A condition that is true when `value` differs from the default of its field.
    static String differs(Field field, String value) {
        if (field.isNullDefault()) {
            return value + " != null";
        }
        String plain = differsFromNonNull(field, value);
        return field.nullable() == null ? plain : "(" + value + " == null || " + plain + ")";
    }

    private static String differsFromNonNull(Field field, String value) {
        return switch (field.type()) {
            case ListOf(Type _) -> "!" + value + ".isEmpty()";
            case StructType(String name) -> differsFromDefault(name + ".DEFAULT", value);
            case Scalar scalar ->
                switch (scalar) {
                    case BOOL -> "true".equals(field.defaultText()) ? "!" + value : value;
                    case UUID -> "!" + value + ".isZero()";
                    case BYTES -> value + ".hasRemaining()";
                    case RECORDS -> value + ".sizeInBytes() > 0";
                    case STRING ->
                        field.defaultText() == null
                                ? "!" + value + ".isEmpty()"
                                : "!" + value + ".equals(" + field.defaultText() + ")";
                    case INT8, INT16, UINT16, INT32, UINT32, INT64, FLOAT64, ERROR ->
                        value + " != " + defaultOf(field);
                };
        };
    }

    /// Most structs that are not set are the very default, and comparing records is slow at first.
    private static String differsFromDefault(String constant, String value) {
        return "(" + value + " != " + constant + " && !" + value + ".equals(" + constant + "))";
    }

    /// A condition on `version` for `inner` within `outer`; empty when it always holds.
    static String within(Versions inner, Versions outer) {
        boolean from = inner.lowest() > outer.lowest();
        boolean to = inner.highest() < outer.highest();
        if (from && to && inner.lowest() == inner.highest()) {
            return "version == " + inner.lowest();
        }
        String low = from ? "version >= " + inner.lowest() : "";
        String high = to ? "version <= " + inner.highest() : "";
        return low + (from && to ? " && " : "") + high;
    }
}
