package io.millrace.buildtools.tidy;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import org.jspecify.annotations.Nullable;

/// How long a method may be, and how many parameters it may take. A plain switch may be longer: it
/// is a table; so is a text block, which counts as one line. What overrides a method has the
/// parameters of the other; the constructor of a record or an enum has one for each of its columns.
final class MethodSizeRule implements SourceRule {
    private static final int LINES = 40;
    private static final int PARAMETERS = 5;

    @Override
    public void check(Source source, Complaints complaints) {
        if (!source.carriesKafkaNames()) {
            new Methods(source, complaints).scan(source.unit(), null);
        }
    }

    private final class Methods extends TreeScanner<Void, Void> {
        private final Source source;
        private final Complaints complaints;
        private final int factor;
        private boolean isTable;
        private long textLines;

        private Methods(Source source, Complaints complaints) {
            this.source = source;
            this.complaints = complaints;
            this.factor = source.isTest() ? 2 : 1;
        }

        @Override
        public Void visitClass(ClassTree tree, Void unused) {
            boolean outside = isTable;
            isTable = tree.getKind() == Tree.Kind.RECORD || tree.getKind() == Tree.Kind.ENUM;
            super.visitClass(tree, unused);
            isTable = outside;
            return null;
        }

        @Override
        public Void visitMethod(MethodTree tree, Void unused) {
            textLines = 0;
            super.visitMethod(tree, unused);
            int most = factor * LINES;
            long lines = source.linesOf(tree) - textLines;
            if (lines > most && !isPlainSwitch(tree.getBody())) {
                complain(tree, lines + " lines; at most " + most);
            }
            int parameters = tree.getParameters().size();
            boolean columns = isTable && isConstructor(tree);
            if (parameters > factor * PARAMETERS && !columns && !overrides(tree)) {
                complain(tree, parameters + " parameters; at most " + factor * PARAMETERS);
            }
            return null;
        }

        @Override
        public Void visitLiteral(LiteralTree tree, Void unused) {
            textLines += source.linesOf(tree) - 1;
            return super.visitLiteral(tree, unused);
        }

        private void complain(MethodTree tree, String text) {
            complaints.add(MethodSizeRule.this, source, tree, tree.getName() + ": " + text);
        }
    }

    private static boolean isPlainSwitch(@Nullable BlockTree body) {
        if (body == null || body.getStatements().size() != 1) {
            return false;
        }
        Tree only = body.getStatements().getFirst();
        return only instanceof SwitchTree
                || only instanceof ReturnTree back
                        && back.getExpression() instanceof SwitchExpressionTree;
    }

    private static boolean isConstructor(MethodTree tree) {
        return tree.getName().contentEquals("<init>");
    }

    private static boolean overrides(MethodTree tree) {
        return tree.getModifiers().getAnnotations().stream()
                .anyMatch(a -> a.getAnnotationType().toString().equals("Override"));
    }
}
