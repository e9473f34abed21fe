package io.millrace.broker.handler;

import io.millrace.broker.request.Authorizer;
import io.millrace.broker.request.Operation;
import io.millrace.broker.request.RequestContext;
import io.millrace.broker.request.Resource;
import io.millrace.protocol.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/// Which part of a request a client may have done, so that the rest is refused and the allowed part
/// goes on.
interface Guard<Q, P> {
    /// The request by what is to be said of each part of it; NONE where it may go on.
    SortedMap<ErrorCode, Q> parts(Q request, RequestContext context);

    /// The answer to two parts of a request.
    P joined(P left, P right);

    /// For what concerns the cluster: all or nothing.
    static <Q, P> Guard<Q, P> ofCluster(Authorizer authorizer, Operation operation) {
        return new Guard<>() {
            @Override
            public SortedMap<ErrorCode, Q> parts(Q request, RequestContext context) {
                SortedMap<ErrorCode, Q> parts = new TreeMap<>();
                parts.put(
                        authorizer.isAllowed(context, operation, Resource.CLUSTER)
                                ? ErrorCode.NONE
                                : ErrorCode.CLUSTER_AUTHORIZATION_FAILED,
                        request);
                return parts;
            }

            @Override
            public P joined(P left, P right) {
                return left;
            }
        };
    }

    /// How a request consists of items that are allowed each for itself.
    ///
    /// @param of its items
    /// @param with the request with these items only
    /// @param joined the answers to two parts as one
    record Items<Q, P, I>(
            Function<Q, List<I>> of, BiFunction<Q, List<I>, Q> with, BinaryOperator<P> joined) {}

    /// @param check what is to be said of an item; NONE where it may go on
    static <Q, P, I> Guard<Q, P> ofItems(
            Items<Q, P, I> items, BiFunction<I, RequestContext, ErrorCode> check) {
        return new Guard<>() {
            @Override
            public SortedMap<ErrorCode, Q> parts(Q request, RequestContext context) {
                SortedMap<ErrorCode, List<I>> byError = new TreeMap<>();
                for (I item : items.of().apply(request)) {
                    byError.computeIfAbsent(check.apply(item, context), _ -> new ArrayList<>())
                            .add(item);
                }
                SortedMap<ErrorCode, Q> parts = new TreeMap<>();
                byError.forEach(
                        (error, some) -> parts.put(error, items.with().apply(request, some)));
                if (parts.isEmpty()) {
                    parts.put(ErrorCode.NONE, request);
                }
                return parts;
            }

            @Override
            public P joined(P left, P right) {
                return items.joined().apply(left, right);
            }
        };
    }

    /// The items of one answer behind those of another.
    static <I> List<I> both(List<? extends I> left, List<? extends I> right) {
        List<I> both = new ArrayList<>(left);
        both.addAll(right);
        return both;
    }
}
