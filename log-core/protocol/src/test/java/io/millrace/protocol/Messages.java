package io.millrace.protocol;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Every message of ours, and how a test that treats them all alike reads and writes one.
final class Messages {
    private Messages() {}

    static List<Class<?>> all() {
        List<Class<?>> all = new ArrayList<>();
        for (Class<?> root : List.of(Request.class, Response.class, DataRecord.class)) {
            addConcrete(root, all);
        }
        return all;
    }

    private static void addConcrete(Class<?> type, List<Class<?>> all) {
        if (type.isRecord()) {
            all.add(type);
            return;
        }
        for (Class<?> permitted : type.getPermittedSubclasses()) {
            addConcrete(permitted, all);
        }
    }

    static int lowestVersion(Class<?> type) {
        return (int) constant(type, "LOWEST_VERSION");
    }

    static int highestVersion(Class<?> type) {
        return (int) constant(type, "HIGHEST_VERSION");
    }

    static Object constant(Class<?> type, String name) {
        try {
            return type.getField(name).get(null);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    static ByteBuffer write(Message message, int version) {
        WireWriter out = new WireWriter();
        message.write(out, version);
        return out.toBuffer();
    }

    /// A function that reads messages of this type.
    static Reading reading(Class<?> type) {
        try {
            MethodType signature = MethodType.methodType(type, WireReader.class, int.class);
            MethodHandle read = MethodHandles.lookup().findStatic(type, "read", signature);
            return (in, version) -> {
                try {
                    return (Message) read.invoke(in, version);
                } catch (RuntimeException | Error e) {
                    throw e;
                } catch (Throwable e) {
                    throw new AssertionError(e);
                }
            };
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    interface Reading {
        Message read(WireReader in, int version);
    }
}
