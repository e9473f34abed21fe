package io.millrace.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.host.Journal;
import io.millrace.host.JournalRecord;
import io.millrace.protocol.ErrorCode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What every [Journal] does. A test class implements it.
public interface JournalContract {
    /// One journal with what a test does to it.
    interface Rig {
        Journal journal();

        /// Runs this on the journal's loop, now.
        void onLoop(Runnable action);

        /// Until nothing is left to do.
        void settle();

        /// Every write fails from now on.
        void failWrites();

        /// Stops it in order and starts it again on what it has written.
        Rig reopened() throws Exception;
    }

    /// A journal that holds none of the test's records.
    Rig open() throws Exception;

    /// Hears everything.
    final class Heard implements Journal.Listener {
        final List<Long> committed = new ArrayList<>();
        final List<ErrorCode> lost = new ArrayList<>();

        @Override
        public void committed(long endOffset) {
            committed.add(endOffset);
        }

        @Override
        public void lost(ErrorCode reason) {
            lost.add(reason);
        }
    }

    @Test
    default void givesConsecutiveOffsetsAtOnceAndCommitsLater() throws Exception {
        Rig rig = open();
        Heard heard = new Heard();
        rig.onLoop(() -> {
            rig.journal().listen(heard);
            assertEquals(ErrorCode.NONE, rig.journal().admission());
            long first = rig.journal().append(List.of(record("a")));
            assertEquals(first + 2, rig.journal().append(List.of(record("b"), record("c"))));
            assertEquals(first + 3, rig.journal().append(List.of(record("d"))));
            assertTrue(rig.journal().committed() <= first, "nothing is committed within the call");
            assertEquals(List.of(), heard.committed);
        });
        rig.settle();
        rig.onLoop(() -> {
            long next = rig.journal().append(List.of(record("e")));
            assertEquals(next, rig.journal().committed());
            assertEquals(next, heard.committed.getLast());
        });
        rig.settle();
        assertEquals(heard.committed.stream().sorted().distinct().toList(), heard.committed);
        assertEquals(List.of(), heard.lost);
    }

    @Test
    default void replaysWhatWasAppendedInOrder() throws Exception {
        Rig rig = open();
        TreeMap<Long, String> written = new TreeMap<>();
        rig.onLoop(() -> rig.journal().listen(new Heard()));
        for (int i = 0; i < 200; i++) {
            String value = "value " + i;
            rig.onLoop(() -> written.put(rig.journal().append(List.of(record(value))), value));
            if (i % 7 == 0) {
                rig.settle();
            }
        }
        rig.settle();
        Rig again = rig.reopened();
        TreeMap<Long, String> read = new TreeMap<>();
        List<Boolean> done = new ArrayList<>();
        again.onLoop(() -> again.journal()
                .replay((offset, record) -> {
                    assertTrue(read.isEmpty() || offset >= read.lastKey());
                    String value = text(record.value());
                    if (value.startsWith("value")) {
                        read.put(offset, value);
                    }
                })
                .whenComplete((nothing, failure) -> done.add(failure == null)));
        again.settle();
        assertEquals(List.of(true), done);
        assertEquals(written, read);
    }

    @Test
    default void goesOnBehindWhatItHasReplayed() throws Exception {
        Rig rig = open();
        List<Long> last = new ArrayList<>();
        rig.onLoop(() -> {
            rig.journal().listen(new Heard());
            last.add(rig.journal().append(List.of(record("x"), record("y"))));
        });
        rig.settle();
        Rig again = rig.reopened();
        again.onLoop(() -> again.journal().replay((offset, record) -> {}));
        again.settle();
        again.onLoop(() -> {
            again.journal().listen(new Heard());
            assertTrue(again.journal().committed() > last.getFirst());
            assertTrue(again.journal().append(List.of(record("z"))) > last.getFirst());
        });
        again.settle();
    }

    @Test
    default void isLostOnceWhenItCannotWrite() throws Exception {
        Rig rig = open();
        Heard heard = new Heard();
        rig.onLoop(() -> {
            rig.journal().listen(heard);
            rig.journal().append(List.of(record("safe")));
        });
        rig.settle();
        int reports = heard.committed.size();
        long committed = rig.journal().committed();
        rig.failWrites();
        rig.onLoop(() -> {
            rig.journal().append(List.of(record("one")));
            rig.journal().append(List.of(record("two")));
        });
        rig.settle();
        rig.onLoop(() -> {
            assertEquals(1, heard.lost.size());
            assertEquals(reports, heard.committed.size());
            assertEquals(committed, rig.journal().committed());
            assertNotEquals(ErrorCode.NONE, rig.journal().admission());
        });
    }

    private static JournalRecord record(String value) {
        ByteBuffer bytes = ByteBuffer.wrap(value.getBytes(StandardCharsets.UTF_8));
        return JournalRecord.of(null, bytes, 1_700_000_000_000L);
    }

    private static String text(@Nullable ByteBuffer bytes) {
        return bytes == null
                ? ""
                : StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
    }
}
