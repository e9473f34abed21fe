package io.millrace.buildtools.tidy;

import com.sun.source.tree.CatchTree;
import com.sun.source.util.TreeScanner;

/// A `catch` says what to do. Who has nothing to do there should not catch.
final class EmptyCatchRule implements SourceRule {
    @Override
    public void check(Source source, Complaints complaints) {
        new TreeScanner<Void, Void>() {
            @Override
            public Void visitCatch(CatchTree tree, Void unused) {
                if (tree.getBlock().getStatements().isEmpty()) {
                    complaints.add(EmptyCatchRule.this, source, tree, "empty catch");
                }
                return super.visitCatch(tree, unused);
            }
        }.scan(source.unit(), null);
    }
}
