package io.millrace.buildtools.tidy;

import com.sun.source.tree.NewClassTree;
import com.sun.source.util.TreeScanner;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// A pure package has no clock, thread, I/O, logger or randomness of its own, and no collection
/// whose order changes from run to run: so that a seed replays a failure.
final class PurityRule implements SourceRule {
    private static final Set<String> PURE = Set.of(
            "protocol",
            "record",
            "machine",
            "replication",
            "cluster",
            "quorum",
            "group",
            "transaction");
    private static final List<String> PACKAGES =
            List.of("io.vertx.", "java.nio.channels.", "java.util.concurrent.", "org.slf4j.");
    private static final Pattern CALLS = Pattern.compile("(.*\\.)?(Instant\\.now|Math\\.random"
            + "|System\\.\\w*(Time|nano)\\w*|UUID\\.randomUUID|(Map|Set)\\.(of|ofEntries|copyOf)"
            + "|Clock\\.system\\w*|Thread\\.(sleep|start\\w*|of\\w+)|LocalDate(Time)?\\.now)");

    @Override
    public void check(Source source, Complaints complaints) {
        if (source.isTest() || !PURE.contains(source.packageName().split("\\.")[0])) {
            return;
        }
        References.of(source).forEach((name, line) -> {
            if (CALLS.matcher(name).matches() || PACKAGES.stream().anyMatch(name::startsWith)) {
                complaints.add(this, source.path(), line, "a pure package may not use " + name);
            }
        });
        new TreeScanner<Void, Void>() {
            @Override
            public Void visitNewClass(NewClassTree tree, Void unused) {
                if (tree.getIdentifier().toString().matches("Thread|Random|SecureRandom")) {
                    complaints.add(
                            PurityRule.this,
                            source,
                            tree,
                            "a pure package may not make " + tree.getIdentifier());
                }
                return super.visitNewClass(tree, unused);
            }
        }.scan(source.unit(), null);
    }
}
