package io.millrace.buildtools.tidy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A package knows only packages of lower layers: one table for all modules. Sub-packages belong to
/// their parent. A package that the table lacks must be put in first, which is where its place in
/// the whole gets decided.
final class LayerRule implements SourceRule {
    private static final Map<String, List<String>> MAY_KNOW = table("""
            buildtools
            protocol
            record       protocol
            common       protocol record
            config       protocol
            machine      protocol record
            host         protocol record config machine
            transport    protocol config host
            clients      protocol record config machine transport host common
            sim          protocol record config machine transport host common clients
            storage      protocol record config machine transport host
            replication  protocol record config machine
            quorum       protocol record config machine
            cluster      protocol record config machine
            group        protocol record config machine cluster
            transaction  protocol record config machine cluster
            metrics      protocol config host storage
            broker       protocol record config machine transport host common clients \
                         storage replication quorum cluster group transaction metrics
            platform     protocol record config machine transport host common clients \
                         storage replication quorum cluster group transaction metrics broker
            examples     clients common platform
            benchmarks   protocol record config machine transport host common clients \
                         storage replication quorum cluster group transaction broker platform
            """);

    @Override
    public void check(Source source, Complaints complaints) {
        String own = top(source.packageName());
        List<String> known = MAY_KNOW.get(own);
        if (source.isTest()) {
            return;
        }
        if (known == null) {
            complaints.add(this, source.path(), 1, "package " + own + " is not in the layer table");
            return;
        }
        References.of(source).forEach((name, line) -> {
            String other = name.startsWith("io.millrace.") ? top(name.substring(12)) : own;
            if (!other.equals(own) && !known.contains(other)) {
                complaints.add(this, source.path(), line, own + " may not know " + name);
            }
        });
    }

    private static String top(String packageName) {
        int dot = packageName.indexOf('.');
        return dot < 0 ? packageName : packageName.substring(0, dot);
    }

    private static Map<String, List<String>> table(String text) {
        Map<String, List<String>> table = new LinkedHashMap<>();
        for (String line : text.lines().toList()) {
            List<String> words = Arrays.asList(line.split("\\s+"));
            table.put(words.getFirst(), words.subList(1, words.size()));
        }
        return table;
    }
}
