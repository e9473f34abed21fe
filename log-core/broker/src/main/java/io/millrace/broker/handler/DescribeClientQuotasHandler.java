package io.millrace.broker.handler;

import io.millrace.broker.request.Authorizer;
import io.millrace.broker.request.ClusterView;
import io.millrace.broker.request.Handler;
import io.millrace.broker.request.Operation;
import io.millrace.broker.request.RequestContext;
import io.millrace.broker.request.Resource;
import io.millrace.cluster.QuotaEntity;
import io.millrace.protocol.DescribeClientQuotasRequest;
import io.millrace.protocol.DescribeClientQuotasRequest.ComponentData;
import io.millrace.protocol.DescribeClientQuotasResponse;
import io.millrace.protocol.DescribeClientQuotasResponse.EntityData;
import io.millrace.protocol.DescribeClientQuotasResponse.EntryData;
import io.millrace.protocol.DescribeClientQuotasResponse.ValueData;
import io.millrace.protocol.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Tells the quotas that are stored.
public final class DescribeClientQuotasHandler
        implements Handler<DescribeClientQuotasRequest, DescribeClientQuotasResponse> {
    private static final byte EXACT = 0;
    private static final byte DEFAULT = 1;
    private static final byte ANY = 2;

    private static final List<String> TYPES = List.of("user", "client-id", "ip");

    private final ClusterView cluster;
    private final Authorizer authorizer;

    DescribeClientQuotasHandler(ClusterView cluster, Authorizer authorizer) {
        this.cluster = cluster;
        this.authorizer = authorizer;
    }

    @Override
    public CompletionStage<DescribeClientQuotasResponse> handle(
            DescribeClientQuotasRequest request, RequestContext context) {
        if (!authorizer.isAllowed(context, Operation.DESCRIBE_CONFIGS, Resource.CLUSTER)) {
            ErrorCode error = ErrorCode.CLUSTER_AUTHORIZATION_FAILED;
            return refused(error, error.message());
        }
        String refusal = refusal(request);
        if (!refusal.isEmpty()) {
            return refused(ErrorCode.INVALID_REQUEST, refusal);
        }
        if (!TYPES.containsAll(
                request.components().stream().map(ComponentData::entityType).toList())) {
            return refused(ErrorCode.UNSUPPORTED_VERSION, "A type is one of " + TYPES + ".");
        }
        List<EntryData> entries = new ArrayList<>();
        for (var quota : cluster.image().quotas()) {
            if (matches(quota.key(), request)) {
                List<ValueData> values = new ArrayList<>();
                quota.value()
                        .forEach(limit -> values.add(new ValueData(limit.key(), limit.value())));
                entries.add(new EntryData(
                        quota.key().parts().stream()
                                .map(part -> new EntityData(part.type(), part.name()))
                                .toList(),
                        values));
            }
        }
        return CompletableFuture.completedFuture(
                new DescribeClientQuotasResponse(0, ErrorCode.NONE, null, entries));
    }

    private static CompletionStage<DescribeClientQuotasResponse> refused(
            ErrorCode error, String message) {
        return CompletableFuture.completedFuture(
                new DescribeClientQuotasResponse(0, error, message, null));
    }

    /// The reason against a request, or an empty text.
    private static String refusal(DescribeClientQuotasRequest request) {
        List<String> types =
                request.components().stream().map(ComponentData::entityType).toList();
        if (types.contains("")) {
            return "A type must not be empty.";
        }
        if (types.stream().distinct().count() < types.size()) {
            return "A type comes twice.";
        }
        if (types.contains("ip") && types.size() > 1) {
            return "An ip stands alone.";
        }
        for (ComponentData component : request.components()) {
            if (component.matchType() < EXACT || component.matchType() > ANY) {
                return "There is no match of type " + component.matchType() + ".";
            }
            if ((component.matchType() == EXACT) == (component.match() == null)) {
                return "A name goes with an exact match, and with no other.";
            }
        }
        return "";
    }

    private static boolean matches(QuotaEntity entity, DescribeClientQuotasRequest request) {
        for (ComponentData component : request.components()) {
            Optional<QuotaEntity.Part> part = entity.parts().stream()
                    .filter(each -> each.type().equals(component.entityType()))
                    .findFirst();
            boolean fits = part.isPresent()
                    && switch (component.matchType()) {
                        case EXACT -> Objects.equals(part.get().name(), component.match());
                        case DEFAULT -> part.get().name() == null;
                        default -> true;
                    };
            if (!fits) {
                return false;
            }
        }
        return !request.strict()
                || entity.parts().size() == request.components().size();
    }
}
