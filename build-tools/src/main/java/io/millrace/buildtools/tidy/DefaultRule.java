package io.millrace.buildtools.tidy;

import com.sun.source.tree.CaseLabelTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.PrimitiveTypeTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A switch over a sealed type or an enum of ours has no `default`: a new case must not compile
/// until everybody has said what it means there. By names alone: a switch is taken for one of ours
/// if all its labels name cases of one such type, and none a constant of primitive type that stands
/// in the same file.
final class DefaultRule implements Rule {
    @Override
    public void check(Repository repository, Complaints complaints) {
        List<Set<String>> choices = List.copyOf(Choices.of(repository).values());
        for (Source source : repository.sources()) {
            new Switches(source, choices, complaints).scan(source.unit(), null);
        }
    }

    private final class Switches extends TreeScanner<Void, Void> {
        private final Source source;
        private final List<Set<String>> choices;
        private final Complaints complaints;

        /// Constants of primitive type, which no choice of ours consists of.
        private final Set<String> numbers = new HashSet<>();

        private Switches(Source source, List<Set<String>> choices, Complaints complaints) {
            this.source = source;
            this.choices = choices;
            this.complaints = complaints;
        }

        @Override
        public Void visitVariable(VariableTree tree, Void unused) {
            if (tree.getType() instanceof PrimitiveTypeTree) {
                numbers.add(tree.getName().toString());
            }
            return super.visitVariable(tree, unused);
        }

        @Override
        public Void visitSwitch(SwitchTree tree, Void unused) {
            check(tree, tree.getCases());
            return super.visitSwitch(tree, unused);
        }

        @Override
        public Void visitSwitchExpression(SwitchExpressionTree tree, Void unused) {
            check(tree, tree.getCases());
            return super.visitSwitchExpression(tree, unused);
        }

        private void check(Tree tree, List<? extends CaseTree> cases) {
            boolean hasDefault = false;
            Set<String> labels = new HashSet<>();
            for (CaseTree each : cases) {
                for (CaseLabelTree label : each.getLabels()) {
                    hasDefault |= label.getKind() == Tree.Kind.DEFAULT_CASE_LABEL;
                    Choices.nameOf(label).ifPresent(labels::add);
                }
            }
            if (!Collections.disjoint(labels, numbers)) {
                return;
            }
            if (hasDefault
                    && !labels.isEmpty()
                    && choices.stream().anyMatch(c -> c.containsAll(labels))) {
                complaints.add(
                        DefaultRule.this,
                        source,
                        tree,
                        "no default in a switch over our own " + String.join(", ", labels));
            }
        }
    }
}
