package io.millrace.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever a peer sends, reading it gives [MalformedFrame] or a message that can be written again,
/// and never costs much memory.
class MalformedMessageTest {
    private static final int ROUNDS = 3;
    private static final int MUTATIONS = 150;

    /// The smallest elements weigh about twenty times their bytes; the rest is room for messages.
    private static final int ALLOCATION_A_BYTE = 40;
    private static final int ALLOCATION_ALWAYS = 64 * 1024;

    static List<Class<?>> messages() {
        return Messages.all();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void noPrefixOfAMessageIsAMessage(Class<?> type) {
        Messages.Reading reading = Messages.reading(type);
        for (int version = lowest(type); version <= Messages.highestVersion(type); version++) {
            int now = version;
            for (int round = 0; round < ROUNDS; round++) {
                ByteBuffer whole = bytes(type, version, RandomMessage.small(97L * round));
                for (int length = 0; length < whole.limit(); length++) {
                    ByteBuffer prefix = whole.slice(0, length);
                    MalformedFrame e = assertThrows(
                            MalformedFrame.class,
                            () -> reading.read(new WireReader(prefix), now),
                            () -> type + " version " + now);
                    assertTrue(e.toString().contains("at byte"), e::toString);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    void damageIsFoundOrReadButNeverExpensive(Class<?> type) {
        SplittableRandom random = new SplittableRandom(7);
        Messages.Reading reading = Messages.reading(type);
        for (int version = lowest(type); version <= Messages.highestVersion(type); version++) {
            ByteBuffer whole = bytes(type, version, new RandomMessage(version));
            tryToRead(reading, whole, version);
            for (int i = 0; i < MUTATIONS && whole.hasRemaining(); i++) {
                ByteBuffer damaged = damage(whole, random);
                long before = allocated();
                Message message = tryToRead(reading, damaged, version);
                long cost = allocated() - before;
                long allowed = ALLOCATION_ALWAYS + (long) ALLOCATION_A_BYTE * damaged.limit();
                assertTrue(cost <= allowed, cost + " bytes allocated for " + damaged.limit());
                if (message != null) {
                    ByteBuffer again = Messages.write(message, version);
                    assertEquals(message, reading.read(new WireReader(again), version));
                }
            }
        }
    }

    private static @Nullable Message tryToRead(
            Messages.Reading reading, ByteBuffer bytes, int version) {
        try {
            return reading.read(new WireReader(bytes), version);
        } catch (MalformedFrame e) {
            return null;
        }
    }

    private static ByteBuffer damage(ByteBuffer whole, SplittableRandom random) {
        byte[] copy = new byte[whole.limit()];
        whole.get(0, copy);
        for (int left = random.nextInt(1, 4); left > 0; left--) {
            int at = random.nextInt(copy.length);
            switch (random.nextInt(3)) {
                case 0 -> copy[at] = (byte) random.nextInt();
                case 1 -> copy[at] ^= (byte) (1 << random.nextInt(8));
                default -> {
                    for (int i = at; i < Math.min(copy.length, at + 4); i++) {
                        copy[i] = (byte) (i == at ? 0x7f : 0xff);
                    }
                }
            }
        }
        return ByteBuffer.wrap(copy);
    }

    private static long allocated() {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return threads.getCurrentThreadAllocatedBytes();
    }

    private static int lowest(Class<?> type) {
        return Messages.lowestVersion(type);
    }

    private static ByteBuffer bytes(Class<?> type, int version, RandomMessage random) {
        var schema = KafkaMessage.of(type).schemas()[version];
        return Messages.write(random.message(type, schema), version);
    }
}
