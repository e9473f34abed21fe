package io.millrace.broker.handler;

import io.millrace.protocol.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/// Splits a request that names many groups into one for each, and puts the answers together in the
/// order of the request.
final class PerGroup {
    private PerGroup() {}

    /// @param allowed whether the client may ask for this group
    /// @param failed what stands for a group that may not or cannot be asked
    /// @param ask asks the coordinator of one group
    static <G, A> CompletionStage<List<A>> each(
            List<G> groups,
            Predicate<G> allowed,
            BiFunction<G, ErrorCode, A> failed,
            Function<G, CompletionStage<A>> ask) {
        List<CompletionStage<A>> answers = new ArrayList<>(groups.size());
        for (G group : groups) {
            answers.add(
                    allowed.test(group)
                            ? ask.apply(group)
                            : CompletableFuture.completedFuture(
                                    failed.apply(group, ErrorCode.GROUP_AUTHORIZATION_FAILED)));
        }
        return Stages.all(answers).thenApply(Function.identity());
    }
}
