package io.millrace.buildtools.tidy;

import com.sun.source.tree.ClassTree;
import com.sun.source.util.TreeScanner;
import java.util.Set;

/// Words in a type's name that say nothing. A class with such a name collects what has no home.
final class NameRule implements SourceRule {
    private static final Set<String> EMPTY_WORDS = Set.of(
            "Manager",
            "Util",
            "Utils",
            "Helper",
            "Impl",
            "Base",
            "Abstract",
            "Common",
            "Misc",
            "Data",
            "Info");

    @Override
    public void check(Source source, Complaints complaints) {
        if (source.carriesKafkaNames()) {
            return;
        }
        new TreeScanner<Void, Void>() {
            @Override
            public Void visitClass(ClassTree tree, Void unused) {
                for (String word : tree.getSimpleName().toString().split("(?=\\p{Lu})|_")) {
                    if (EMPTY_WORDS.contains(word)) {
                        complaints.add(
                                NameRule.this,
                                source,
                                tree,
                                tree.getSimpleName() + ": \"" + word + "\" says nothing in a name");
                    }
                }
                return super.visitClass(tree, unused);
            }
        }.scan(source.unit(), null);
    }
}
