package io.millrace.cluster;

import static io.millrace.protocol.ErrorCode.INVALID_REQUEST;

import io.millrace.protocol.AlterClientQuotasRequest;
import io.millrace.protocol.AlterClientQuotasRequest.EntryData;
import io.millrace.protocol.AlterClientQuotasRequest.OpData;
import io.millrace.protocol.AlterClientQuotasResponse;
import io.millrace.protocol.MetadataRecord;
import java.util.ArrayList;
import java.util.List;

/// Judges `AlterClientQuotas`.
final class QuotaChanges {
    private static final String IP = "ip";
    private static final List<String> CLIENT_TYPES = List.of("user", "client-id");
    private static final List<String> CLIENT_KEYS = List.of(
            "producer_byte_rate",
            "consumer_byte_rate",
            "request_percentage",
            "controller_mutation_rate");
    private static final List<String> FRACTIONAL =
            List.of("request_percentage", "controller_mutation_rate");
    private static final List<String> IP_KEYS = List.of("connection_creation_rate");

    private final ClusterImage image;
    private final List<MetadataRecord> records = new ArrayList<>();

    QuotaChanges(ClusterImage image) {
        this.image = image;
    }

    Outcome decide(AlterClientQuotasRequest request) {
        List<AlterClientQuotasResponse.EntryData> entries = new ArrayList<>();
        for (EntryData entry : request.entries()) {
            Problem problem = change(entry);
            entries.add(new AlterClientQuotasResponse.EntryData(
                    problem.error(),
                    problem.message(),
                    entry.entity().stream()
                            .map(part -> new AlterClientQuotasResponse.EntityData(
                                    part.entityType(), part.entityName()))
                            .toList()));
        }
        return Outcome.of(
                new AlterClientQuotasResponse(0, entries), records, request.validateOnly());
    }

    private Problem change(EntryData entry) {
        List<String> types = entry.entity().stream()
                .map(AlterClientQuotasRequest.EntityData::entityType)
                .toList();
        boolean isIp = types.equals(List.of(IP));
        boolean isClient = !types.isEmpty()
                && CLIENT_TYPES.containsAll(types)
                && types.stream().distinct().count() == types.size();
        if (!isIp && !isClient) {
            return bad("A quota is for a user, a client-id, both of them, or an ip.");
        }
        if (entry.entity().stream().anyMatch(part -> "".equals(part.entityName()))) {
            return bad("A name must not be empty.");
        }
        QuotaEntity entity = new QuotaEntity(entry.entity().stream()
                .map(part -> new QuotaEntity.Part(part.entityType(), part.entityName()))
                .toList());
        List<MetadataRecord> changes = new ArrayList<>();
        for (OpData op : entry.ops()) {
            Problem problem = check(op, isIp ? IP_KEYS : CLIENT_KEYS);
            if (!problem.isNone()) {
                return problem;
            }
            Double present =
                    image.quotas().getOrDefault(entity, SortedTree.empty()).get(op.key());
            boolean differs =
                    op.remove() ? present != null : present == null || present != op.value();
            if (differs) {
                changes.add(entity.toRecord(op.key(), op.remove() ? 0 : op.value(), op.remove()));
            }
        }
        records.addAll(changes);
        return Problem.NONE;
    }

    private static Problem check(OpData op, List<String> keys) {
        if (!keys.contains(op.key())) {
            return bad("There is no quota " + op.key() + " for this.");
        }
        if (!op.remove() && !(op.value() > 0)) {
            return bad("The quota " + op.key() + " must be greater than 0.");
        }
        if (!op.remove() && !FRACTIONAL.contains(op.key()) && op.value() != Math.rint(op.value())) {
            return bad("The quota " + op.key() + " must be a whole number.");
        }
        return Problem.NONE;
    }

    private static Problem bad(String message) {
        return new Problem(INVALID_REQUEST, message);
    }
}
