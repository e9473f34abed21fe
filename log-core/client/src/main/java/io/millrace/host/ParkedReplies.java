package io.millrace.host;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Replies that a later decision will release, in the order in which they were parked.
final class ParkedReplies<P> {
    private final Map<Long, CompletableFuture<Answer<P>>> byTicket = new LinkedHashMap<>();

    void park(long ticket, CompletableFuture<Answer<P>> answer) {
        byTicket.put(ticket, answer);
    }

    /// Empty if it was released before: a machine may name a ticket twice, the first one counts.
    Optional<CompletableFuture<Answer<P>>> take(long ticket) {
        return Optional.ofNullable(byTicket.remove(ticket));
    }

    List<CompletableFuture<Answer<P>>> takeAll() {
        List<CompletableFuture<Answer<P>>> all = new ArrayList<>(byTicket.values());
        byTicket.clear();
        return all;
    }

    int size() {
        return byTicket.size();
    }
}
