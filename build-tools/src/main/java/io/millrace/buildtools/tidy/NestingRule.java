package io.millrace.buildtools.tidy;

import com.sun.source.tree.CatchTree;
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.TreeScanner;
import org.jspecify.annotations.Nullable;

/// How many branches and loops may stand inside one another. `else if` is the same level as its
/// `if`, and a `try` opens none: it does not branch.
final class NestingRule implements SourceRule {
    private static final int LEVELS = 3;

    @Override
    public void check(Source source, Complaints complaints) {
        if (!source.carriesKafkaNames()) {
            new Depth(source, complaints).scan(source.unit(), null);
        }
    }

    private final class Depth extends TreeScanner<Void, Void> {
        private final Source source;
        private final Complaints complaints;
        private final int most;
        private int depth;

        private Depth(Source source, Complaints complaints) {
            this.source = source;
            this.complaints = complaints;
            this.most = source.isTest() ? 2 * LEVELS : LEVELS;
        }

        @Override
        public Void scan(@Nullable Tree tree, Void unused) {
            boolean opens = tree != null && opens(tree);
            depth += opens ? 1 : 0;
            if (tree != null && opens && depth == most + 1) {
                complaints.add(NestingRule.this, source, tree, "nested deeper than " + most);
            }
            super.scan(tree, unused);
            depth -= opens ? 1 : 0;
            return null;
        }

        private boolean opens(Tree tree) {
            return tree instanceof IfTree
                    || tree instanceof ForLoopTree
                    || tree instanceof EnhancedForLoopTree
                    || tree instanceof WhileLoopTree
                    || tree instanceof DoWhileLoopTree
                    || tree instanceof SwitchTree
                    || tree instanceof SwitchExpressionTree
                    || tree instanceof SynchronizedTree
                    || tree instanceof CatchTree;
        }

        @Override
        public Void visitIf(IfTree tree, Void unused) {
            scan(tree.getCondition(), unused);
            scan(tree.getThenStatement(), unused);
            if (tree.getElseStatement() instanceof IfTree) {
                depth--;
                scan(tree.getElseStatement(), unused);
                depth++;
            } else {
                scan(tree.getElseStatement(), unused);
            }
            return null;
        }

        /// A method of an anonymous class begins anew.
        @Override
        public Void visitMethod(MethodTree tree, Void unused) {
            int outside = depth;
            depth = 0;
            super.visitMethod(tree, unused);
            depth = outside;
            return null;
        }
    }
}
