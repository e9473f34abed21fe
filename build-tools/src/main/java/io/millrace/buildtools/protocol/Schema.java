package io.millrace.buildtools.protocol;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the schema files say, resolved: every field knows its own versions.
record Schema(List<Api> apis, List<LogRecord> data, List<Log> logs) {

    /// A request and its response. Versions from `unstable` on are read and written but not
    /// advertised.
    record Api(
            int key,
            String name,
            Versions versions,
            int unstable,
            int advertise,
            Set<String> listeners,
            Message request,
            Message response) {}

    /// A record that is stored; `key` is -1 where nothing but its place tells its type.
    record LogRecord(int key, Message message) {}

    /// The records that share one log, told apart by their keys.
    record Log(String name, List<LogRecord> records) {}

    /// One top-level record with the structs it needs, all of them nested in it side by side.
    record Message(
            Role role,
            String name,
            Versions versions,
            int flexibleFrom,
            Struct root,
            List<Struct> structs) {
        static final int NEVER = Integer.MAX_VALUE;
    }

    enum Role {
        REQUEST,
        RESPONSE,
        DATA
    }

    record Struct(String name, Versions versions, List<Field> fields) {
        List<Field> untagged() {
            return fields.stream().filter(f -> f.tag() < 0).toList();
        }

        List<Field> tagged() {
            return fields.stream()
                    .filter(f -> f.tag() >= 0)
                    .sorted((a, b) -> Integer.compare(a.tag(), b.tag()))
                    .toList();
        }
    }

    /// `defaultText` is as the schema writes it; `rigid` strings never get a compact length.
    record Field(
            String name,
            Type type,
            Versions versions,
            @Nullable Versions nullable,
            @Nullable String defaultText,
            int tag,
            boolean ignorable,
            boolean rigid) {
        boolean isNullDefault() {
            return "null".equals(defaultText);
        }
    }

    sealed interface Type {}

    record ListOf(Type element) implements Type {}

    record StructType(String name) implements Type {}

    /// The scalar types, with what Java calls them and how it writes their zero.
    enum Scalar implements Type {
        INT8("byte", "Byte", "(byte) 0"),
        INT16("short", "Short", "(short) 0"),
        UINT16("int", "Integer", "0"),
        INT32("int", "Integer", "0"),
        UINT32("long", "Long", "0L"),
        INT64("long", "Long", "0L"),
        BOOL("boolean", "Boolean", "false"),
        FLOAT64("double", "Double", "0.0"),
        ERROR("ErrorCode", "ErrorCode", "ErrorCode.NONE"),
        UUID("Uuid", "Uuid", "Uuid.ZERO"),
        STRING("String", "String", "\"\""),
        BYTES("ByteBuffer", "ByteBuffer", "WireReader.NO_BYTES"),
        RECORDS("Records", "Records", "Records.EMPTY");

        final String java;
        final String boxed;
        final String zero;

        Scalar(String java, String boxed, String zero) {
            this.java = java;
            this.boxed = boxed;
            this.zero = zero;
        }

        boolean isPrimitive() {
            return !java.equals(boxed);
        }
    }
}
