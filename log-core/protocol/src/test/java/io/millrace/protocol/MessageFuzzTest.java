package io.millrace.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.millrace.buildtools.fuzz.Budget;
import io.millrace.buildtools.fuzz.Mutations;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever stands in a frame, it is read as a message that can be written again, or refused as
/// malformed, at a cost in proportion to its length.
final class MessageFuzzTest {
    private static final int RUNS = 30_000;
    private static final Budget BUDGET = new Budget(64 * 1024, 40);
    private static final List<Class<?>> MESSAGES = Messages.all();

    /// Every API in every version, behind its header.
    static List<byte[]> requests() {
        List<byte[]> frames = new ArrayList<>();
        for (Api api : Api.values()) {
            for (int version = api.minVersion(); version <= api.maxVersion(); version++) {
                WireWriter out = new WireWriter();
                new RequestHeader((short) api.key(), (short) version, 7, "client")
                        .write(out, api.requestHeaderVersion(version));
                Class<?> type = requestType(api);
                random(type, version).write(out, version);
                frames.add(array(out.toBuffer()));
            }
        }
        return frames;
    }

    private static Class<?> requestType(Api api) {
        String name = "io.millrace.protocol." + api.apiName() + "Request";
        return MESSAGES.stream()
                .filter(type -> type.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name));
    }

    /// Everything that is ever read, also what brokers answer and what logs hold. The first three
    /// bytes say what follows.
    static List<byte[]> messages() {
        List<byte[]> all = new ArrayList<>();
        for (int i = 0; i < MESSAGES.size(); i++) {
            Class<?> type = MESSAGES.get(i);
            int lowest = Messages.lowestVersion(type);
            for (int version = lowest; version <= Messages.highestVersion(type); version++) {
                ByteBuffer body = Messages.write(random(type, version), version);
                all.add(ByteBuffer.allocate(3 + body.remaining())
                        .putShort((short) i)
                        .put((byte) (version - lowest))
                        .put(body)
                        .array());
            }
        }
        return all;
    }

    private static Message random(Class<?> type, int version) {
        return RandomMessage.small(version).message(type, KafkaMessage.of(type).schemas()[version]);
    }

    private static byte[] array(ByteBuffer bytes) {
        byte[] array = new byte[bytes.remaining()];
        bytes.get(array);
        return array;
    }

    @MethodSource("requests")
    @FuzzTest
    void aRequestIsReadOrRefused(byte[] bytes) {
        BUDGET.spend(bytes.length, () -> readRequest(bytes));
        RequestFrame frame = open(bytes);
        if (frame != null && frame.isSupported()) {
            int version = frame.version();
            isWrittenAgain(
                    read(frame.api()::readRequest, frame.body(), version),
                    frame.api()::readRequest,
                    version);
        }
    }

    private static void readRequest(byte[] bytes) {
        RequestFrame frame = open(bytes);
        if (frame != null && frame.isSupported()) {
            try {
                frame.request();
            } catch (MalformedFrame refused) {
                return;
            }
        }
    }

    private static @Nullable RequestFrame open(byte[] bytes) {
        try {
            return RequestFrame.open(ByteBuffer.wrap(bytes));
        } catch (MalformedFrame refused) {
            return null;
        }
    }

    @MethodSource("messages")
    @FuzzTest
    void aMessageIsReadOrRefused(byte[] bytes) {
        if (bytes.length < 3) {
            return;
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        Class<?> type = MESSAGES.get((in.getShort() & 0xffff) % MESSAGES.size());
        int lowest = Messages.lowestVersion(type);
        int version = lowest + (in.get() & 0xff) % (Messages.highestVersion(type) - lowest + 1);
        Messages.Reading reading = Messages.reading(type);
        BUDGET.spend(bytes.length, () -> read(reading, new WireReader(in.slice()), version));
        isWrittenAgain(read(reading, new WireReader(in.slice()), version), reading, version);
    }

    private static @Nullable Message read(Messages.Reading reading, WireReader in, int version) {
        try {
            return reading.read(in, version);
        } catch (MalformedFrame refused) {
            return null;
        }
    }

    private static void isWrittenAgain(
            @Nullable Message message, Messages.Reading reading, int version) {
        if (message != null) {
            ByteBuffer again = Messages.write(message, version);
            assertEquals(message, reading.read(new WireReader(again), version));
        }
    }

    @Test
    void mutatedRequestsAreReadOrRefused() {
        Mutations.run(RUNS, requests(), this::aRequestIsReadOrRefused);
    }

    @Test
    void mutatedMessagesAreReadOrRefused() {
        Mutations.run(RUNS, messages(), this::aMessageIsReadOrRefused);
    }
}
