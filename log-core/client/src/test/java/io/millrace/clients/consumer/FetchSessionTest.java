package io.millrace.clients.consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.common.TopicPartition;
import io.millrace.protocol.ErrorCode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FetchSessionTest {
    private static final TopicPartition A = new TopicPartition("a", 0);
    private static final TopicPartition B = new TopicPartition("b", 0);

    private static FetchSession.Wanted at(long offset) {
        return new FetchSession.Wanted(offset, 1);
    }

    @Test
    void saysOnlyWhatHasChanged() {
        FetchSession session = new FetchSession();
        FetchSession.Ask first = session.next(Map.of(A, at(1), B, at(2)));
        assertEquals(0, first.sessionEpoch());
        assertEquals(2, first.partitions().size());
        session.answered(ErrorCode.NONE, 77);
        FetchSession.Ask second = session.next(Map.of(A, at(1), B, at(9)));
        assertEquals(77, second.sessionId());
        assertEquals(1, second.sessionEpoch());
        assertEquals(Map.of(B, at(9)), second.partitions());
        session.answered(ErrorCode.NONE, 77);
        FetchSession.Ask third = session.next(Map.of(B, at(9)));
        assertEquals(Map.of(), third.partitions());
        assertEquals(List.of(A), third.forgotten());
    }

    @Test
    void startsOverWhenTheServerHasForgotten() {
        FetchSession session = new FetchSession();
        session.next(Map.of(A, at(1)));
        session.answered(ErrorCode.NONE, 77);
        session.next(Map.of(A, at(1)));
        session.answered(ErrorCode.FETCH_SESSION_ID_NOT_FOUND, 0);
        FetchSession.Ask again = session.next(Map.of(A, at(1)));
        assertEquals(0, again.sessionId());
        assertEquals(0, again.sessionEpoch());
        assertEquals(Map.of(A, at(1)), again.partitions());
    }

    /// Against a server that keeps what it was told: it always knows exactly what is wanted.
    @Test
    void theServerAlwaysKnowsWhatIsWanted() {
        Random random = new Random(5);
        FetchSession session = new FetchSession();
        Map<TopicPartition, FetchSession.Wanted> server = new HashMap<>();
        for (int step = 0; step < 5_000; step++) {
            Map<TopicPartition, FetchSession.Wanted> wanted = new LinkedHashMap<>();
            for (int p = 0; p < 6; p++) {
                if (random.nextBoolean()) {
                    wanted.put(new TopicPartition("t", p), at(random.nextInt(3)));
                }
            }
            FetchSession.Ask ask = session.next(wanted);
            if (ask.sessionEpoch() == 0) {
                server.clear();
            }
            server.putAll(ask.partitions());
            server.keySet().removeAll(new HashSet<>(ask.forgotten()));
            assertEquals(wanted, server);
            int fate = random.nextInt(10);
            session.answered(
                    fate == 0 ? ErrorCode.INVALID_FETCH_SESSION_EPOCH : ErrorCode.NONE,
                    fate == 1 ? 0 : 5);
        }
    }
}
