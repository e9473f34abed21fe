package io.millrace.cluster;

import io.millrace.protocol.ClientQuotaRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whom a quota is for: parts such as user and client-id, sorted by type.
public record QuotaEntity(List<Part> parts) implements Comparable<QuotaEntity> {
    /// @param name null for the default of all names
    public record Part(String type, @Nullable String name) implements Comparable<Part> {
        private static final Comparator<Part> ORDER = Comparator.comparing(Part::type)
                .thenComparing(Part::name, Comparator.nullsFirst(Comparator.naturalOrder()));

        @Override
        public int compareTo(Part other) {
            return ORDER.compare(this, other);
        }
    }

    public QuotaEntity {
        parts = parts.stream().sorted().toList();
    }

    static QuotaEntity of(ClientQuotaRecord record) {
        List<Part> parts = new ArrayList<>();
        record.entity().forEach(part -> parts.add(new Part(part.entityType(), part.entityName())));
        return new QuotaEntity(parts);
    }

    ClientQuotaRecord toRecord(String key, double value, boolean remove) {
        List<ClientQuotaRecord.EntityData> entity = new ArrayList<>();
        parts.forEach(part -> entity.add(new ClientQuotaRecord.EntityData(part.type, part.name)));
        return new ClientQuotaRecord(entity, key, value, remove);
    }

    @Override
    public int compareTo(QuotaEntity other) {
        for (int i = 0; i < Math.min(parts.size(), other.parts.size()); i++) {
            int order = parts.get(i).compareTo(other.parts.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(parts.size(), other.parts.size());
    }
}
